import type { Turn } from '@/lib/chat/turn';
import type { FakeOpenAI, RecordedRequest } from '../support/fake-openai/fake-openai';
import { type NamedReply, namedQuestion, namedText } from '../support/fake-openai/named-reply';
import { sure } from './final-tree';
import type { GuestClient, Reading, Stream } from './guest-client';

const THOUGHTS = 10;
const WORDS = 20;
/** Of the reply that is cut. */
export const EVENTS = THOUGHTS + WORDS;
/** Before the first event, between each two, after the last and before the end. */
export const BOUNDARIES = Array.from({ length: EVENTS + 1 }, (_, n) => n);

/** One reply of 30 events, in a conversation of its own. */
export class CutReply {
  readonly named: NamedReply;
  readonly sessionId: string;
  readonly turnId: string;

  constructor(
    /** Where it is cut: `client-12`. */
    readonly name: string,
    private readonly guest: GuestClient,
    pace: NamedReply['pace'],
  ) {
    this.named = { name, reasoningEvents: THOUGHTS, contentEvents: WORDS, pace };
    this.sessionId = name;
    this.turnId = `${name}-turn`;
  }

  async send(url: string): Promise<Reader> {
    const { sessionId, turnId, named } = this;
    const body = { sessionId, turnId, assistantId: 'assistant', content: namedQuestion(named) };
    return new Reader(sure(await this.guest.send(url, body)));
  }

  async follow(url: string): Promise<Reader> {
    return new Reader(sure(await this.guest.follow(url, this.sessionId, this.turnId)));
  }

  /** The turn as the conversation shows it. */
  async inHistory(url: string): Promise<Turn | undefined> {
    const { turns } = sure(await this.guest.history(url, this.sessionId));
    return turns.find(({ id }) => id === this.turnId);
  }

  asked = async (fake: FakeOpenAI): Promise<RecordedRequest> => {
    const [request] = await fake.received(` ${this.name} `);
    if (!request) throw new Error('the fake model promised a request');
    return request;
  };

  /** Whether the reply is at least so many events long. */
  shows = (turn: Turn, events: number): boolean =>
    lengthOf(turn.reply) >= lengthOf(namedText(this.named, events));

  /** The text of exactly so many events. */
  isExactly(turn: Turn, events: number): boolean {
    const { content, reasoning } = namedText(this.named, events);
    return turn.reply.content === content && turn.reply.reasoning === reasoning;
  }

  /** The same conversation goes on. */
  async next(url: string): Promise<Turn | null> {
    const { sessionId, turnId, guest } = this;
    const content = namedQuestion({
      name: `${this.name}-next`,
      reasoningEvents: 0,
      contentEvents: 3,
      pace: 0,
    });
    const body = { sessionId, turnId: `${turnId}-next`, assistantId: 'assistant', content };
    return (await new Reader(sure(await guest.send(url, body))).over).turn;
  }
}

const lengthOf = ({ content, reasoning }: { content: string; reasoning: string }): number =>
  content.length + reasoning.length;

/** A stream that is read while the test goes on. */
export class Reader {
  /** Resolves when the stream is over for this reader. Never rejects. */
  readonly over: Promise<Reading>;
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

  leave(): Promise<Reading> {
    this.stream.leave();
    return this.over;
  }

  /** The first turn that the reader has of which this holds. @throws when the stream is over before. */
  async until(holds: (turn: Turn) => boolean): Promise<Turn> {
    for (;;) {
      if (this.#turn && holds(this.#turn)) return this.#turn;
      const over = await Promise.race([this.#change.promise, this.over]);
      if (over && !(this.#turn && holds(this.#turn)))
        throw new Error(`the stream was over (${over.how}) too early`);
    }
  }
}
