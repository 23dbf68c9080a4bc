import { expect } from '@playwright/test';
import type { HistoryAnswer, SessionsAnswer } from '@/lib/client/http/wire';
import type { AssistantName, ChatPage } from '../../pages/chat-page';
import type { FakeOpenAI } from '../fake-openai/fake-openai';
import { textOf } from '../fake-openai/scenarios';
import { conversationOf, expectNoForeignMessages, tokensIn } from './foreign-messages';

export const STEP_KINDS = [
  'switch',
  'dash',
  'send',
  'hold',
  'release',
  'stop',
  'reload',
  'new',
  'open',
] as const;

export interface WalkStep {
  what: (typeof STEP_KINDS)[number];
  /** Which of the assistants or conversations, where there is a choice. */
  pick: number;
}

interface Conversation {
  /** `teacher-2` */
  name: string;
  /** The tokens that were said, oldest first. */
  said: string[];
  /** Its reply is held by the model. */
  isHeld: boolean;
}

const NAMES: readonly AssistantName[] = ['Assistant', 'Teacher', 'Programmer'];

/** A person who goes about in the page, and what they expect to see. */
export class RandomWalk {
  private readonly conversations: Record<AssistantName, Conversation[]> = {
    Assistant: [],
    Teacher: [],
    Programmer: [],
  };
  private readonly shown: Partial<Record<AssistantName, Conversation>> = {};
  private active: AssistantName = 'Assistant';

  constructor(
    private readonly chat: ChatPage,
    private readonly fake: FakeOpenAI,
  ) {}

  /** Does it, if it can be done here, and looks. */
  async take({ what, pick }: WalkStep): Promise<void> {
    switch (what) {
      case 'switch':
        this.active = NAMES[pick % NAMES.length] ?? this.active;
        await this.chat.openAssistant(this.active);
        break;
      case 'dash':
        // Past one assistant to the next: its history comes when nobody is there any more.
        await this.chat.openAssistant(NAMES[pick % NAMES.length] ?? this.active);
        this.active = NAMES[(pick + 1) % NAMES.length] ?? this.active;
        await this.chat.openAssistant(this.active);
        break;
      case 'send':
      case 'hold':
        await this.say(what === 'hold');
        break;
      case 'release':
        this.release();
        break;
      case 'stop':
        await this.stop();
        break;
      case 'reload':
        await this.chat.reload();
        break;
      case 'new':
        await this.chat.newConversation();
        delete this.shown[this.active];
        break;
      case 'open':
        await this.open(pick);
        break;
    }
    await this.look();
  }

  /** Everything that was said is kept, under its own conversation; no model was given anything else. */
  async end(): Promise<void> {
    this.release();
    const read = async <T>(path: string): Promise<T> => (await this.chat.page.request.get(path)).json();
    const { sessions } = await read<SessionsAnswer>('/api/chat/sessions?limit=200');
    const kept = await Promise.all(
      sessions.map(({ id }) => read<HistoryAnswer>(`/api/chat/history?sessionId=${id}&limit=200`)),
    );
    const said = kept.map(({ turns }) => turns.flatMap(({ user }) => tokensIn(user.content)));
    const all = Object.values(this.conversations).flat();
    expect(said.sort(byFirst)).toEqual(all.map((one) => one.said).sort(byFirst));

    for (const { messages } of this.fake.requests) {
      const tokens = tokensIn(messages.map(({ content }) => textOf(content)).join(' '));
      expect(new Set(tokens.map(conversationOf)).size).toBe(1);
      expect(textOf(messages[0]?.content).toLowerCase()).toContain(`you are ${tokens[0]?.split('-')[0]}`);
    }
  }

  private async say(isHeld: boolean): Promise<void> {
    if (this.shown[this.active]?.isHeld) return;
    await expect(this.chat.send).toBeVisible();
    const conversation = this.shown[this.active] ?? this.begin();
    const token = `${conversation.name}-${conversation.said.length + 1}`;
    await this.chat.sendMessage(isHeld ? `[[hold]] ${token}` : token);
    conversation.said.push(token);
    conversation.isHeld = isHeld;
    if (!isHeld) return;
    await this.fake.received(token);
    this.fake.release({ contains: token, count: 2 });
  }

  private begin(): Conversation {
    const own = this.conversations[this.active];
    const name = `${this.active.toLowerCase()}-${own.length + 1}`;
    const conversation: Conversation = { name, said: [], isHeld: false };
    own.push(conversation);
    this.shown[this.active] = conversation;
    return conversation;
  }

  private release(): void {
    this.fake.release();
    for (const one of Object.values(this.conversations).flat()) one.isHeld = false;
  }

  private async stop(): Promise<void> {
    const conversation = this.shown[this.active];
    if (!conversation?.isHeld) return;
    await this.chat.stop.click();
    await expect(this.chat.send).toBeVisible();
    conversation.isHeld = false;
  }

  private async open(pick: number): Promise<void> {
    const own = this.conversations[this.active];
    const chosen = own[pick % Math.max(1, own.length)];
    if (!chosen) return;
    await this.chat.menu.open();
    // The title is what was said first.
    await this.chat.menu.row(`${chosen.name}-1`).getByRole('button').first().click();
    await expect(this.chat.menu.dialog).toBeHidden();
    this.shown[this.active] = chosen;
  }

  private async look(): Promise<void> {
    const expected = this.shown[this.active]?.said ?? [];
    const onScreen = async () => tokensIn((await this.chat.turns.allInnerTexts()).join(' '));
    await expect.poll(onScreen, { message: `the messages under ${this.active}` }).toEqual(expected);
    await expectNoForeignMessages(this.chat.page);
  }
}

const byFirst = ([a = '']: string[], [b = '']: string[]): number => a.localeCompare(b);
