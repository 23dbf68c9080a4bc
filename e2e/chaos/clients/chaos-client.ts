import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode } from '@/lib/chat/errors';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { namedQuestion } from '../../support/fake-openai/named-reply';
import type { ChaosLog, Observation, SentTurn, ServerName } from '../checks/chaos-log';
import type { Random } from '../random';
import { type ClientSession, maybeCleared } from './client-session';
import type { ApiResult, GuestClient, Stream, StreamResult } from './guest-client';

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
/** Refusals allowed for any call while a server has problems. */
const UNAVAILABLE: readonly ErrorCode[] = ['store_unavailable', 'shutting_down'];

/** Calls that change nothing, however late they are executed. */
const READS = new Set(['list', 'history', 'follow']);

/** One guest. Records each of its calls and the response. */
export class ChaosClient {
  #sentCount = 0;
  #isOver = false;

  constructor(
    readonly name: string,
    readonly sessions: readonly ClientSession[],
    readonly random: Random,
    private readonly guest: GuestClient,
    readonly servers: readonly ChaosServer[],
    private readonly log: ChaosLog,
    /** Clients with the same prefix use the same ids. */
    private readonly idPrefix: string,
  ) {}

  anyServer(): ChaosServer {
    return this.random.pick(this.servers);
  }

  /** Stops retrying: messages that are not acknowledged yet stay in the outbox. */
  giveUp(): void {
    this.#isOver = true;
  }

  compose(session: ClientSession, parentId?: string | null): SentTurn {
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

  /** Retries as the outbox does: sends the same turn to any server until it is acknowledged or refused. */
  async sendFromOutbox(session: ClientSession, sent: SentTurn, maxEvents: number): Promise<void> {
    for (let tries = 0; tries < OUTBOX_TRIES && !this.#isOver; tries += 1) {
      if ((await this.send(session, sent, maxEvents)) !== 'unknown') return;
      await pause(RETRY_AFTER_MS);
    }
  }

  /** Sends once and reads up to `maxEvents` text events. */
  async send(
    session: ClientSession,
    sent: SentTurn,
    maxEvents: number,
    server = this.anyServer(),
  ): Promise<'acknowledged' | 'refused' | 'unknown'> {
    session.mustShow = undefined;
    sent.sentTo.add(server.name);
    const { sessionId, assistantId, turnId, content, parentId } = sent;
    const record = this.#watch(session, server);
    const result = await this.guest.send(server.url, { sessionId, assistantId, turnId, content, parentId });
    if (result.kind !== 'ok') {
      // The parent may have been cleared, and another turn may be live.
      const parentGone: ErrorCode[] = session.wasCleared ? ['bad_request'] : [];
      this.#refused(session, record, 'send', result, ['turn_in_progress', ...parentGone]);
      if (result.kind === 'refused' && result.activeTurnId) session.liveTurnId = result.activeTurnId;
      const isNo = result.kind === 'refused' && !UNAVAILABLE.some((code) => code === result.code);
      return isNo ? 'refused' : 'unknown';
    }
    const reading = await this.#read(session, record, result.value, maxEvents, () => {
      record({ kind: 'acknowledged', turnId });
      session.turnIds.push(turnId);
      if (!session.isUncertain) session.mustShow = turnId;
    });
    return reading.turn ? 'acknowledged' : 'unknown';
  }

  async follow(
    session: ClientSession,
    turnId: string,
    maxEvents: number,
    server = this.anyServer(),
  ): Promise<void> {
    const record = this.#watch(session, server);
    const result = await this.guest.follow(server.url, session.sessionId, turnId);
    if (result.kind === 'ok') await this.#read(session, record, result.value, maxEvents);
    else this.#refused(session, record, 'follow', result, maybeCleared(session));
  }

  async stop(session: ClientSession, turnId: string, server = this.anyServer()): Promise<void> {
    const record = this.#watch(session, server);
    const result = await this.guest.stop(server.url, session.sessionId, turnId);
    if (result.kind === 'ok') record({ kind: 'turn', turn: result.value.turn, isFinal: true });
    else this.#refused(session, record, 'stop', result, maybeCleared(session));
  }

  async readHistory(session: ClientSession, server = this.anyServer()): Promise<HistoryAnswer | null> {
    const { mustShow } = session;
    const record = this.#watch(session, server);
    const result = await this.guest.history(server.url, session.sessionId);
    if (result.kind !== 'ok') {
      this.#refused(session, record, 'history', result, []);
      return null;
    }
    record({ kind: 'history', history: result.value, mustShow });
    session.liveTurnId = result.value.activeTurnId;
    return result.value;
  }

  /** Reads the list of conversations, as a page polls it. This also settles turns whose producer died. */
  async list(server = this.anyServer()): Promise<void> {
    const [session] = this.sessions;
    if (!session) return;
    const record = this.#watch(session, server);
    const result = await this.guest.sessions(server.url);
    if (result.kind === 'ok') record({ kind: 'list', sessions: result.value.sessions });
    else this.#refused(session, record, 'list', result, []);
  }

  async choose(session: ClientSession, turnId: string): Promise<void> {
    session.mustShow = undefined;
    const server = this.anyServer();
    const record = this.#watch(session, server);
    const result = await this.guest.choose(server.url, session.sessionId, turnId);
    // A cleared turn is unknown, and so is a session whose only send failed.
    this.#refused(session, record, 'choose', result, [
      'turn_in_progress',
      'bad_request',
      ...maybeCleared(session),
    ]);
  }

  async clearOrRestore(session: ClientSession, how: 'clear' | 'restore'): Promise<void> {
    session.mustShow = undefined;
    session.wasCleared = true;
    const server = this.anyServer();
    const record = this.#watch(session, server);
    const result: ApiResult<unknown> = await this.guest[how](server.url, session.sessionId);
    this.#refused(session, record, how, result, ['turn_in_progress', 'not_found']);
  }

  /** Tries to read another guest's conversation and one of its turns; both must be refused. */
  async readForeign(theirs: ClientSession): Promise<void> {
    const server = this.anyServer();
    const record = this.#watch(theirs, server);
    const history = await this.guest.history(server.url, theirs.sessionId);
    if (history.kind === 'ok' && history.value.assistantId !== null)
      record({
        kind: 'foreign',
        what: `for the history of ${theirs.sessionId}`,
        got: JSON.stringify(history.value),
      });
    const turnId = theirs.turnIds.at(-1);
    if (!turnId) return;
    for (const act of ['follow', 'stop'] as const) {
      const result = await this.guest[act](server.url, theirs.sessionId, turnId);
      if (result.kind === 'ok') record({ kind: 'foreign', what: `to ${act} ${turnId}`, got: 'it' });
      else this.#refused(theirs, record, `to ${act} a foreign turn`, result, ['not_found']);
    }
  }

  /** Sends what must be refused: other text under an existing turn id, and a turn of another assistant. */
  async sendInvalid(session: ClientSession): Promise<void> {
    const { sessionId, assistantId, mustShow } = session;
    if (!mustShow) return;
    const server = this.anyServer();
    const record = this.#watch(session, server);
    const other = assistantId === 'teacher' ? 'programmer' : 'teacher';
    const bodies = [
      { body: { turnId: mustShow, assistantId, content: 'other text' }, code: 'turn_mismatch' as const },
      {
        body: { turnId: `${mustShow}-x`, assistantId: other, content: 'x' },
        code: 'wrong_assistant' as const,
      },
    ];
    for (const { body, code } of bodies) {
      const result = await this.guest.send(server.url, { sessionId, ...body });
      if (result.kind === 'ok') record({ kind: 'broken', what: `${code} was not refused` });
      else this.#refused(session, record, code, result, [code]);
    }
  }

  /** Starts a call. The returned function records an observation with the time span of the call. */
  #watch(session: ClientSession, server: ChaosServer): (seen: Seen) => void {
    const from = performance.now();
    const place = { client: this.name, sessionId: session.sessionId, via: server.name };
    return (seen) =>
      this.log.observations.push({ ...place, from, to: performance.now(), ...seen } as Observation);
  }

  #refused(
    session: ClientSession,
    record: (seen: Seen) => void,
    act: string,
    result: ApiResult<unknown>,
    allowed: readonly ErrorCode[],
  ): void {
    if (result.kind === 'lost' && result.timedOut && !READS.has(act)) session.isUncertain = true;
    if (result.kind === 'refused')
      record({ kind: 'refused', act, code: result.code, allowed: [...UNAVAILABLE, ...allowed] });
  }

  async #read(
    session: ClientSession,
    record: (seen: Seen) => void,
    stream: Stream,
    maxEvents: number,
    onFirst = () => {},
  ): Promise<StreamResult> {
    let isFirst = true;
    const reading = await stream.read((turn, events) => {
      if (isFirst) onFirst();
      isFirst = false;
      session.liveTurnId = turn.id;
      return events >= maxEvents ? 'leave' : undefined;
    });
    if (reading.turn && isFirst) onFirst();
    if (reading.violation) record({ kind: 'broken', what: reading.violation });
    if (reading.turn) record({ kind: 'turn', ...observedTurn(reading.turn, reading.ending) });
    if (reading.ending === 'end') session.liveTurnId = null;
    return reading;
  }
}

/** A failed turn has not ended before its `end` event: an `error` event only makes it look so. */
function observedTurn(turn: Turn, how: StreamResult['ending']): { turn: Turn; isFinal: boolean } {
  if (how === 'end') return { turn, isFinal: true };
  const { error: _, ...rest } = turn;
  return { turn: isLive(turn) ? turn : { ...rest, status: 'streaming' }, isFinal: false };
}
