import { expect } from '@playwright/test';
import type { HistoryAnswer, SessionsAnswer } from '@/lib/chat/wire';
import type { AssistantName, ChatPage } from '../../pages/chat-page';
import type { FakeOpenAI } from '../fake-openai/fake-openai';
import { textOf } from '../fake-openai/script';
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
  /** Selects the assistant or conversation, where the step has a choice. */
  pick: number;
}

interface Conversation {
  /** `teacher-2` */
  name: string;
  /** The tokens of the messages sent, oldest first. */
  sent: string[];
  /** The fake model is holding its reply. */
  isHeld: boolean;
}

const NAMES: readonly AssistantName[] = ['Assistant', 'Teacher', 'Programmer'];

/** Takes random steps in the page and checks after each that it shows what it should. */
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

  /** Takes the step, if it is possible here, and checks the page. */
  async take({ what, pick }: WalkStep): Promise<void> {
    switch (what) {
      case 'switch':
        this.active = NAMES[pick % NAMES.length] ?? this.active;
        await this.chat.openAssistant(this.active);
        break;
      case 'dash':
        // Past one assistant to the next: the first one's history arrives after the page has left it.
        await this.chat.openAssistant(NAMES[pick % NAMES.length] ?? this.active);
        this.active = NAMES[(pick + 1) % NAMES.length] ?? this.active;
        await this.chat.openAssistant(this.active);
        break;
      case 'send':
      case 'hold':
        await this.send(what === 'hold');
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
    await this.check();
  }

  /** Checks that every message is stored in its own conversation, and that the model received nothing else. */
  async end(): Promise<void> {
    this.release();
    const read = async <T>(path: string): Promise<T> => (await this.chat.page.request.get(path)).json();
    const { sessions } = await read<SessionsAnswer>('/api/chat/sessions?limit=200');
    const kept = await Promise.all(
      sessions.map(({ id }) => read<HistoryAnswer>(`/api/chat/history?sessionId=${id}&limit=200`)),
    );
    const sent = kept.map(({ turns }) => turns.flatMap(({ user }) => tokensIn(user.content)));
    const all = Object.values(this.conversations).flat();
    expect(sent.sort(byFirst)).toEqual(all.map((one) => one.sent).sort(byFirst));

    for (const { messages } of this.fake.requests) {
      const tokens = tokensIn(messages.map(({ content }) => textOf(content)).join(' '));
      expect(new Set(tokens.map(conversationOf)).size).toBe(1);
      expect(textOf(messages[0]?.content).toLowerCase()).toContain(`you are ${tokens[0]?.split('-')[0]}`);
    }
  }

  private async send(isHeld: boolean): Promise<void> {
    if (this.shown[this.active]?.isHeld) return;
    await expect(this.chat.send).toBeVisible();
    const conversation = this.shown[this.active] ?? this.begin();
    const token = `${conversation.name}-${conversation.sent.length + 1}`;
    await this.chat.sendMessage(isHeld ? `[[hold]] ${token}` : token);
    conversation.sent.push(token);
    conversation.isHeld = isHeld;
    if (!isHeld) return;
    await this.fake.received(token);
    this.fake.release({ contains: token, count: 2 });
  }

  private begin(): Conversation {
    const own = this.conversations[this.active];
    const name = `${this.active.toLowerCase()}-${own.length + 1}`;
    const conversation: Conversation = { name, sent: [], isHeld: false };
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
    // The title is the first message.
    await this.chat.menu.row(`${chosen.name}-1`).getByRole('button').first().click();
    await expect(this.chat.menu.dialog).toBeHidden();
    this.shown[this.active] = chosen;
  }

  private async check(): Promise<void> {
    const expected = this.shown[this.active]?.sent ?? [];
    const onScreen = async () => tokensIn((await this.chat.turns.allInnerTexts()).join(' '));
    await expect.poll(onScreen, { message: `the messages under ${this.active}` }).toEqual(expected);
    await expectNoForeignMessages(this.chat.page);
  }
}

const byFirst = ([a = '']: string[], [b = '']: string[]): number => a.localeCompare(b);
