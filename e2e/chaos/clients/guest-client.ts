import { get, type IncomingMessage } from 'node:http';
import { applyEvent } from '@/lib/chat/apply-event';
import type { Session } from '@/lib/chat/session';
import { startTurn, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer, SendBody, SessionsAnswer } from '@/lib/chat/wire';
import { createEventDecoder } from '@/lib/client/http/event-decoder';

/** An error response of the API. */
export type Refused = { kind: 'refused'; status: number; code: string; activeTurnId?: string };
/** No response: the call may or may not have been executed. `timedOut`: it may still be executed later. */
export type Lost = { kind: 'lost'; timedOut: boolean };
export type ApiResult<T> = { kind: 'ok'; value: T } | Refused | Lost;

/** `end`: the `end` event came. `left`: the reader closed the stream. `cut`: it broke or was silent for too long. */
export interface StreamResult {
  ending: 'end' | 'left' | 'cut';
  /** The turn after all events; null if none came. */
  turn: Turn | null;
  /** The number of text events so far. */
  events: number;
  /** What the stream did that the API contract does not allow. */
  violation?: string;
}

/** Called after each event. Returning `leave` closes the stream. */
export type Watch = (turn: Turn, events: number) => 'leave' | undefined;

export interface Stream {
  /** Never rejects. */
  read(watch?: Watch): Promise<StreamResult>;
  /** Closes the connection. */
  leave(): void;
}

const LEFT = 'the reader left';

const RESPONSE_TIMEOUT_MS = 8_000;
/** The server sends a comment every 15 s, so a longer silence means a dead connection. */
const SILENCE_MS = 17_000;

/** An HTTP client with its own guest cookie, for any server of the site. */
export class GuestClient {
  #cookie: string;

  private constructor(cookie: string) {
    this.#cookie = cookie;
  }

  /** Loads the page, which creates the guest. */
  static async visit(url: string): Promise<GuestClient> {
    // Not by fetch, which says `Sec-Fetch-Mode: cors`: only a navigation is given a cookie.
    const page = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS) }, resolve).on('error', reject);
    });
    page.resume();
    const [cookie] = (page.headers['set-cookie'] ?? []).map((header) => header.split(';')[0] ?? '');
    if (!cookie) throw new Error(`The page at ${url} did not set a guest cookie (${page.statusCode}).`);
    return new GuestClient(cookie);
  }

  send = (url: string, body: SendBody): Promise<ApiResult<Stream>> =>
    this.#stream(`${url}/api/chat/stream`, { method: 'POST', body: JSON.stringify(body) });

  follow = (url: string, sessionId: string, turnId: string): Promise<ApiResult<Stream>> =>
    this.#stream(`${url}/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`);

  stop = (url: string, sessionId: string, turnId: string): Promise<ApiResult<{ turn: Turn }>> =>
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

  async #json<T>(url: string, init: RequestInit = {}): Promise<ApiResult<T>> {
    const called = await this.#call(url, init, AbortSignal.timeout(RESPONSE_TIMEOUT_MS));
    if (!(called instanceof Response)) return called;
    try {
      return { kind: 'ok', value: (await called.json()) as T };
    } catch {
      return { kind: 'lost', timedOut: false };
    }
  }

  async #stream(url: string, init: RequestInit = {}): Promise<ApiResult<Stream>> {
    const connection = new AbortController();
    const late = setTimeout(() => connection.abort(), RESPONSE_TIMEOUT_MS);
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
      // A refused, reset or timed-out connection, or a truncated error response: all the same to the caller.
      return { kind: 'lost', timedOut: signal.aborted };
    }
  }
}

const nothing = startTurn({ id: '', assistantId: '', content: '', model: '', now: 0 });

async function readReply(
  response: Response,
  connection: AbortController,
  watch?: Watch,
): Promise<StreamResult> {
  const decoder = createEventDecoder();
  const reading: StreamResult = { ending: 'cut', turn: null, events: 0 };
  let silence = setTimeout(() => connection.abort(), SILENCE_MS);
  try {
    if (!response.body) return reading;
    for await (const bytes of response.body) {
      clearTimeout(silence);
      silence = setTimeout(() => connection.abort(), SILENCE_MS);
      for (const decoded of decoder.push(bytes)) {
        if (decoded.kind !== 'event')
          return { ...reading, violation: `not an event: ${JSON.stringify(decoded)}` };
        const { event } = decoded;
        if (!reading.turn && event.type !== 'turn')
          return { ...reading, violation: `the first event was ${event.type}` };
        reading.turn = applyEvent(reading.turn ?? nothing, event);
        if (event.type === 'content' || event.type === 'reasoning') reading.events += 1;
        if (event.type === 'end') return { ...reading, ending: 'end' };
        if (watch?.(reading.turn, reading.events) === 'leave') return { ...reading, ending: 'left' };
      }
    }
    return reading;
  } catch {
    return connection.signal.reason === LEFT ? { ...reading, ending: 'left' } : reading;
  } finally {
    clearTimeout(silence);
    connection.abort();
  }
}
