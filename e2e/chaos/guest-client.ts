import { applyEvent } from '@/lib/chat/apply-event';
import type { Session } from '@/lib/chat/session';
import { startTurn, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer, SendBody, SessionsAnswer } from '@/lib/chat/wire';
import { createEventDecoder } from '@/lib/client/http/event-decoder';

/** A refusal of the contract. */
export type Refused = { kind: 'refused'; status: number; code: string; activeTurnId?: string };
/** Nobody knows whether the call was carried out. `isLate`: it was given up on, and may be carried out later. */
export type Lost = { kind: 'lost'; isLate: boolean };
export type Answer<T> = { kind: 'ok'; value: T } | Refused | Lost;

/** `end`: the last event came. `left`: the reader went. `cut`: the connection broke, or nothing came for too long. */
export interface Reading {
  how: 'end' | 'left' | 'cut';
  /** All events folded; null when not even the first had come. */
  turn: Turn | null;
  /** Events of text so far. */
  events: number;
  /** What the contract does not allow on a stream. */
  broken?: string;
}

/** Called after each event; a reader that has enough answers `leave`. */
export type Watch = (turn: Turn, events: number) => 'leave' | undefined;

export interface Stream {
  /** Never rejects. */
  read(watch?: Watch): Promise<Reading>;
  /** Closes the connection, whatever is on its way. */
  leave(): void;
}

const LEFT = 'the reader left';

const ANSWERS_WITHIN_MS = 8_000;
/** The server's comment comes every 15 s: a longer silence is a dead connection. */
const SILENCE_MS = 17_000;

/** A guest with a cookie of its own who speaks the contract over plain HTTP, to any server of the site. */
export class GuestClient {
  #cookie: string;

  private constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** The page makes the guest. */
  static async visit(url: string): Promise<GuestClient> {
    const page = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    await page.arrayBuffer();
    const [cookie] = page.headers.getSetCookie().map((header) => header.split(';')[0] ?? '');
    if (!cookie) throw new Error(`the page at ${url} made no guest (${page.status})`);
    return new GuestClient(cookie);
  }

  send = (url: string, body: SendBody): Promise<Answer<Stream>> =>
    this.#stream(`${url}/api/chat/stream`, { method: 'POST', body: JSON.stringify(body) });

  follow = (url: string, sessionId: string, turnId: string): Promise<Answer<Stream>> =>
    this.#stream(`${url}/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`);

  stop = (url: string, sessionId: string, turnId: string): Promise<Answer<{ turn: Turn }>> =>
    this.#json(`${url}/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`, { method: 'DELETE' });

  history = (url: string, sessionId: string, page: { limit?: number; before?: string } = {}) => {
    const query = new URLSearchParams({ sessionId, limit: String(page.limit ?? 200) });
    if (page.before) query.set('before', page.before);
    return this.#json<HistoryAnswer>(`${url}/api/chat/history?${query}`);
  };

  sessions = (url: string) => this.#json<SessionsAnswer>(`${url}/api/chat/sessions?limit=200`);

  choose = (url: string, sessionId: string, headTurnId: string) =>
    this.#json<{ session: Session }>(`${url}/api/chat/sessions/${sessionId}`, {
      method: 'PATCH',
      body: JSON.stringify({ headTurnId }),
    });

  clear = (url: string, sessionId: string) =>
    this.#json<{ undoUntil: number }>(`${url}/api/chat/history?sessionId=${sessionId}`, { method: 'DELETE' });

  restore = (url: string, sessionId: string) =>
    this.#json<{ session: Session }>(`${url}/api/chat/sessions/${sessionId}/restore`, { method: 'POST' });

  async #json<T>(url: string, init: RequestInit = {}): Promise<Answer<T>> {
    const called = await this.#call(url, init, AbortSignal.timeout(ANSWERS_WITHIN_MS));
    if (!(called instanceof Response)) return called;
    try {
      return { kind: 'ok', value: (await called.json()) as T };
    } catch {
      return { kind: 'lost', isLate: false };
    }
  }

  async #stream(url: string, init: RequestInit = {}): Promise<Answer<Stream>> {
    const connection = new AbortController();
    const late = setTimeout(() => connection.abort(), ANSWERS_WITHIN_MS);
    const called = await this.#call(url, init, connection.signal);
    clearTimeout(late);
    if (!(called instanceof Response)) return called;
    const read = (watch?: Watch) => readReply(called, connection, watch);
    return { kind: 'ok', value: { read, leave: () => connection.abort(LEFT) } };
  }

  async #call(url: string, init: RequestInit, signal: AbortSignal): Promise<Response | Refused | Lost> {
    try {
      const headers = { cookie: this.#cookie, 'content-type': 'application/json', 'accept-language': 'en' };
      const response = await fetch(url, { ...init, headers, signal });
      if (response.ok) return response;
      const { error } = (await response.json()) as { error: { code: string; activeTurnId?: string } };
      return { kind: 'refused', status: response.status, code: error.code, activeTurnId: error.activeTurnId };
    } catch {
      // A connection refused, reset or timed out, or a refusal cut short: all the same to who asked.
      return { kind: 'lost', isLate: signal.aborted };
    }
  }
}

const nothing = startTurn({ id: '', assistantId: '', content: '', model: '', now: 0 });

async function readReply(response: Response, connection: AbortController, watch?: Watch): Promise<Reading> {
  const decoder = createEventDecoder();
  const reading: Reading = { how: 'cut', turn: null, events: 0 };
  let silence = setTimeout(() => connection.abort(), SILENCE_MS);
  try {
    if (!response.body) return reading;
    for await (const bytes of response.body) {
      clearTimeout(silence);
      silence = setTimeout(() => connection.abort(), SILENCE_MS);
      for (const decoded of decoder.push(bytes)) {
        if (decoded.kind !== 'event')
          return { ...reading, broken: `not an event: ${JSON.stringify(decoded)}` };
        const { event } = decoded;
        if (!reading.turn && event.type !== 'turn')
          return { ...reading, broken: `the first event was ${event.type}` };
        reading.turn = applyEvent(reading.turn ?? nothing, event);
        if (event.type === 'content' || event.type === 'reasoning') reading.events += 1;
        if (event.type === 'end') return { ...reading, how: 'end' };
        if (watch?.(reading.turn, reading.events) === 'leave') return { ...reading, how: 'left' };
      }
    }
    return reading;
  } catch {
    return connection.signal.reason === LEFT ? { ...reading, how: 'left' } : reading;
  } finally {
    clearTimeout(silence);
    connection.abort();
  }
}
