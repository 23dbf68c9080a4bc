import type { Turn } from '@/lib/chat/turn';
import type { FakeOpenAI, RecordedRequest } from '../../support/fake-openai/fake-openai';
import { type NamedReply, namedQuestion, namedText } from '../../support/fake-openai/named-reply';
import { unwrap } from '../clients/final-session';
import type { GuestClient, Stream, StreamResult } from '../clients/guest-client';

const REASONING_EVENTS = 10;
const CONTENT_EVENTS = 20;
/** The number of events of the reply. */
export const EVENTS = REASONING_EVENTS + CONTENT_EVENTS;
/** Before the first event, between any two, and after the last one, before the end. */
export const BOUNDARIES = Array.from({ length: EVENTS + 1 }, (_, n) => n);

/** One reply of 30 events in its own conversation. */
export class CutReply {
  readonly named: NamedReply;
  readonly sessionId: string;
  readonly turnId: string;

  constructor(
    /** What is cut, and where: `client-12`. */
    readonly name: string,
    private readonly guest: GuestClient,
    pace: NamedReply['pace'],
  ) {
    this.named = { name, reasoningEvents: REASONING_EVENTS, contentEvents: CONTENT_EVENTS, pace };
    this.sessionId = name;
    this.turnId = `${name}-turn`;
  }

  async send(url: string): Promise<ReplyReader> {
    const { sessionId, turnId, named } = this;
    const body = { sessionId, turnId, assistantId: 'assistant', content: namedQuestion(named) };
    return new ReplyReader(unwrap(await this.guest.send(url, body)));
  }

  async follow(url: string): Promise<ReplyReader> {
    return new ReplyReader(unwrap(await this.guest.follow(url, this.sessionId, this.turnId)));
  }

  /** The turn as the conversation shows it. */
  async inHistory(url: string): Promise<Turn | undefined> {
    const { turns } = unwrap(await this.guest.history(url, this.sessionId));
    return turns.find(({ id }) => id === this.turnId);
  }

  modelRequest = async (fake: FakeOpenAI): Promise<RecordedRequest> => {
    const [request] = await fake.received(` ${this.name} `);
    if (!request) throw new Error('The fake model reported no request.');
    return request;
  };

  /** Whether the turn has at least the text of this many events. */
  hasAtLeast = (turn: Turn, events: number): boolean =>
    lengthOf(turn.reply) >= lengthOf(namedText(this.named, events));

  /** Whether the turn has exactly the text of this many events. */
  hasExactly(turn: Turn, events: number): boolean {
    const { content, reasoning } = namedText(this.named, events);
    return turn.reply.content === content && turn.reply.reasoning === reasoning;
  }

  /** Sends another message in the same conversation and waits for the reply. */
  async sendNext(url: string): Promise<Turn | null> {
    const { sessionId, turnId, guest } = this;
    const content = namedQuestion({
      name: `${this.name}-next`,
      reasoningEvents: 0,
      contentEvents: 3,
      pace: 0,
    });
    const body = { sessionId, turnId: `${turnId}-next`, assistantId: 'assistant', content };
    return (await new ReplyReader(unwrap(await guest.send(url, body))).over).turn;
  }
}

const lengthOf = ({ content, reasoning }: { content: string; reasoning: string }): number =>
  content.length + reasoning.length;

/** Reads a stream in the background. */
export class ReplyReader {
  /** Resolves when the stream has ended or was left. Never rejects. */
  readonly over: Promise<StreamResult>;
  #turn: Turn | null = null;
  #change = Promise.withResolvers<void>();

  constructor(private readonly stream: Stream) {
    this.over = stream.read((turn) => {
      this.#turn = turn;
      this.#change.resolve();
      this.#change = Promise.withResolvers();
      return undefined;
    });
  }

  leave(): Promise<StreamResult> {
    this.stream.leave();
    return this.over;
  }

  /** Resolves with the first state of the turn that satisfies the condition. @throws if the stream ends before that. */
  async until(holds: (turn: Turn) => boolean): Promise<Turn> {
    for (;;) {
      if (this.#turn && holds(this.#turn)) return this.#turn;
      const over = await Promise.race([this.#change.promise, this.over]);
      if (over && !(this.#turn && holds(this.#turn)))
        throw new Error(`The stream ended too early (${over.ending}).`);
    }
  }
}
