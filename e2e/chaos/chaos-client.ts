import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode } from '@/lib/chat/errors';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { namedQuestion } from '../support/fake-openai/named-reply';
import type { ChaosLog, Observation, SentTurn, ServerName } from './chaos-log';
import type { Answer, GuestClient, Reading, Stream } from './guest-client';
import { maybeAside, type OwnSession } from './own-session';
import type { Random } from './random';

export interface ChaosServer {
  name: ServerName;
  url: string;
}

type Seen = Observation extends infer One
  ? One extends unknown
    ? Omit<One, 'client' | 'sessionId' | 'via' | 'from' | 'to'>
    : never
  : never;

const OUTBOX_TRIES = 8;
const RETRY_AFTER_MS = 300;
/** What a server in trouble may say to anything. */
const TROUBLE: readonly ErrorCode[] = ['store_unavailable', 'shutting_down'];

/** What changes nothing, however late it is carried out. */
const READS = new Set(['list', 'history', 'follow']);

/** One guest: what it can do, each call and its answer written down. */
export class ChaosClient {
  #sentCount = 0;
  #isOver = false;

  constructor(
    readonly name: string,
    readonly sessions: readonly OwnSession[],
    readonly random: Random,
    private readonly guest: GuestClient,
    readonly servers: readonly ChaosServer[],
    private readonly log: ChaosLog,
    /** Ids are shared between clients whose ids begin alike. */
    private readonly idPrefix: string,
  ) {}

  anyServer(): ChaosServer {
    return this.random.pick(this.servers);
  }

  /** No more retries: what is not acknowledged now stays in the outbox. */
  giveUp(): void {
    this.#isOver = true;
  }

  compose(session: OwnSession, parentId?: string | null): SentTurn {
    this.#sentCount += 1;
    const turnId = `${this.idPrefix}-t${this.#sentCount}`;
    const { random, name } = this;
    const sent: SentTurn = {
      client: name,
      sessionId: session.sessionId,
      turnId,
      assistantId: session.assistantId,
      parentId,
      content: namedQuestion({
        name: `${name}.${turnId}`,
        reasoningEvents: random.between(0, 6),
        contentEvents: random.between(4, 30),
        pace: random.between(20, 80),
      }),
      sentTo: new Set(),
    };
    this.log.sent.push(sent);
    return sent;
  }

  /** As the outbox does: the same turn again, to any server, until somebody says yes or no. */
  async sendFromOutbox(session: OwnSession, sent: SentTurn, patience: number): Promise<void> {
    for (let tries = 0; tries < OUTBOX_TRIES && !this.#isOver; tries += 1) {
      if ((await this.send(session, sent, patience)) !== 'unknown') return;
      await pause(RETRY_AFTER_MS);
    }
  }

  /** Sends once, and reads up to `patience` events of text. */
  async send(
    session: OwnSession,
    sent: SentTurn,
    patience: number,
    server = this.anyServer(),
  ): Promise<'acknowledged' | 'refused' | 'unknown'> {
    session.mustShow = undefined;
    sent.sentTo.add(server.name);
    const { sessionId, assistantId, turnId, content, parentId } = sent;
    const tell = this.#watch(session, server);
    const answer = await this.guest.send(server.url, { sessionId, assistantId, turnId, content, parentId });
    if (answer.kind !== 'ok') {
      // A parent may have gone aside; another turn may be live, seen or not.
      const parentGone: ErrorCode[] = session.wasCleared ? ['bad_request'] : [];
      this.#refused(session, tell, 'send', answer, ['turn_in_progress', ...parentGone]);
      if (answer.kind === 'refused' && answer.activeTurnId) session.liveTurnId = answer.activeTurnId;
      const isNo = answer.kind === 'refused' && !TROUBLE.some((code) => code === answer.code);
      return isNo ? 'refused' : 'unknown';
    }
    const reading = await this.#read(session, tell, answer.value, patience, () => {
      tell({ kind: 'acknowledged', turnId });
      session.turnIds.push(turnId);
      if (!session.isUncertain) session.mustShow = turnId;
    });
    return reading.turn ? 'acknowledged' : 'unknown';
  }

  async follow(
    session: OwnSession,
    turnId: string,
    patience: number,
    server = this.anyServer(),
  ): Promise<void> {
    const tell = this.#watch(session, server);
    const answer = await this.guest.follow(server.url, session.sessionId, turnId);
    if (answer.kind === 'ok') await this.#read(session, tell, answer.value, patience);
    else this.#refused(session, tell, 'follow', answer, maybeAside(session));
  }

  async stop(session: OwnSession, turnId: string, server = this.anyServer()): Promise<void> {
    const tell = this.#watch(session, server);
    const answer = await this.guest.stop(server.url, session.sessionId, turnId);
    if (answer.kind === 'ok') tell({ kind: 'turn', turn: answer.value.turn, whole: true });
    else this.#refused(session, tell, 'stop', answer, maybeAside(session));
  }

  async readHistory(session: OwnSession, server = this.anyServer()): Promise<HistoryAnswer | null> {
    const { mustShow } = session;
    const tell = this.#watch(session, server);
    const answer = await this.guest.history(server.url, session.sessionId);
    if (answer.kind !== 'ok') {
      this.#refused(session, tell, 'history', answer, []);
      return null;
    }
    tell({ kind: 'history', answer: answer.value, mustShow });
    session.liveTurnId = answer.value.activeTurnId;
    return answer.value;
  }

  /** The light poll of a page: it settles what is dead, wherever it is. */
  async list(server = this.anyServer()): Promise<void> {
    const [session] = this.sessions;
    if (!session) return;
    const tell = this.#watch(session, server);
    const answer = await this.guest.sessions(server.url);
    if (answer.kind === 'ok') tell({ kind: 'list', sessions: answer.value.sessions });
    else this.#refused(session, tell, 'list', answer, []);
  }

  async choose(session: OwnSession, turnId: string): Promise<void> {
    session.mustShow = undefined;
    const server = this.anyServer();
    const tell = this.#watch(session, server);
    const answer = await this.guest.choose(server.url, session.sessionId, turnId);
    // A turn that is aside is unknown; so is a session whose only send came to nothing.
    this.#refused(session, tell, 'choose', answer, [
      'turn_in_progress',
      'bad_request',
      ...maybeAside(session),
    ]);
  }

  async clearOrRestore(session: OwnSession, how: 'clear' | 'restore'): Promise<void> {
    session.mustShow = undefined;
    session.wasCleared = true;
    const server = this.anyServer();
    const tell = this.#watch(session, server);
    const answer: Answer<unknown> = await this.guest[how](server.url, session.sessionId);
    this.#refused(session, tell, how, answer, ['turn_in_progress', 'not_found']);
  }

  /** What a stranger gets of this conversation: nothing, and no turn of it by its id. */
  async probe(theirs: OwnSession): Promise<void> {
    const server = this.anyServer();
    const tell = this.#watch(theirs, server);
    const history = await this.guest.history(server.url, theirs.sessionId);
    if (history.kind === 'ok' && history.value.assistantId !== null)
      tell({
        kind: 'foreign',
        what: `the history of ${theirs.sessionId}`,
        got: JSON.stringify(history.value),
      });
    const turnId = theirs.turnIds.at(-1);
    if (!turnId) return;
    for (const act of ['follow', 'stop'] as const) {
      const answer = await this.guest[act](server.url, theirs.sessionId, turnId);
      if (answer.kind === 'ok') tell({ kind: 'foreign', what: `to ${act} ${turnId}`, got: 'it' });
      else this.#refused(theirs, tell, `to ${act} a foreign turn`, answer, ['not_found']);
    }
  }

  /** What the contract refuses: this turn id with other words, and a turn of another assistant in this session. */
  async breakRules(session: OwnSession): Promise<void> {
    const { sessionId, assistantId, mustShow } = session;
    if (!mustShow) return;
    const server = this.anyServer();
    const tell = this.#watch(session, server);
    const other = assistantId === 'teacher' ? 'programmer' : 'teacher';
    const bodies = [
      { body: { turnId: mustShow, assistantId, content: 'other words' }, code: 'turn_mismatch' as const },
      {
        body: { turnId: `${mustShow}-x`, assistantId: other, content: 'x' },
        code: 'wrong_assistant' as const,
      },
    ];
    for (const { body, code } of bodies) {
      const answer = await this.guest.send(server.url, { sessionId, ...body });
      if (answer.kind === 'ok') tell({ kind: 'broken', what: `${code} was not refused` });
      else this.#refused(session, tell, code, answer, [code]);
    }
  }

  /** A call begins: what it brings is written down with its span. */
  #watch(session: OwnSession, server: ChaosServer): (seen: Seen) => void {
    const from = performance.now();
    const place = { client: this.name, sessionId: session.sessionId, via: server.name };
    return (seen) => this.log.seen.push({ ...place, from, to: performance.now(), ...seen } as Observation);
  }

  #refused(
    session: OwnSession,
    tell: (seen: Seen) => void,
    act: string,
    answer: Answer<unknown>,
    allowed: readonly ErrorCode[],
  ): void {
    if (answer.kind === 'lost' && answer.isLate && !READS.has(act)) session.isUncertain = true;
    if (answer.kind === 'refused')
      tell({ kind: 'refused', act, code: answer.code, allowed: [...TROUBLE, ...allowed] });
  }

  async #read(
    session: OwnSession,
    tell: (seen: Seen) => void,
    stream: Stream,
    patience: number,
    onFirst = () => {},
  ): Promise<Reading> {
    let isFirst = true;
    const reading = await stream.read((turn, events) => {
      if (isFirst) onFirst();
      isFirst = false;
      session.liveTurnId = turn.id;
      return events >= patience ? 'leave' : undefined;
    });
    if (reading.turn && isFirst) onFirst();
    if (reading.broken) tell({ kind: 'broken', what: reading.broken });
    if (reading.turn) tell({ kind: 'turn', ...truthOf(reading.turn, reading.how) });
    if (reading.how === 'end') session.liveTurnId = null;
    return reading;
  }
}

/** A turn that failed is not over before its `end`: until then an `error` makes it look so. */
function truthOf(turn: Turn, how: Reading['how']): { turn: Turn; whole: boolean } {
  if (how === 'end') return { turn, whole: true };
  const { error: _, ...rest } = turn;
  return { turn: isLive(turn) ? turn : { ...rest, status: 'streaming' }, whole: false };
}
