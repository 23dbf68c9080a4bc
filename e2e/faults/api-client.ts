import { randomUUID } from 'node:crypto';
import { applyEvent } from '@/lib/chat/apply-event';
import type { ChatEvent } from '@/lib/chat/events';
import { startTurn, type Turn } from '@/lib/chat/turn';
import type { HealthAnswer, HistoryAnswer } from '@/lib/chat/wire';
import type { ClientErrorInfo } from '@/lib/client/http/client-error';
import { createEventDecoder } from '@/lib/client/http/event-decoder';
import { readError } from '@/lib/client/http/read-error';

export interface OutgoingMessage {
  sessionId: string;
  turnId: string;
  content: string;
}

/** A stream of a turn, folded into a turn with the reducer that the page uses. */
export interface ReplyReader extends OutgoingMessage {
  turn(): Turn;
  /** Resolves once the reply contains this text. */
  waitForText(text: string): Promise<void>;
  /** Resolves when the connection closes: `end` if the `end` event came, else `cut`. */
  ended: Promise<'end' | 'cut'>;
  /** Closes the connection from the client's side. */
  disconnect(): void;
}

export type ApiResult<T> = { ok: true; value: T } | { ok: false; status: number; error: ClientErrorInfo };

/** An HTTP client with one guest's cookie, for one server or several that share a store. */
export class ApiClient {
  #cookie: string;

  constructor(
    readonly url: string,
    cookie = '',
  ) {
    this.#cookie = cookie;
  }

  /** The same guest on another server. */
  at(url: string): ApiClient {
    return new ApiClient(url, this.#cookie);
  }

  static message(content: string, sessionId: string = randomUUID()): OutgoingMessage {
    return { sessionId, turnId: randomUUID(), content };
  }

  send(send: OutgoingMessage, model?: string): Promise<ApiResult<ReplyReader>> {
    const body = JSON.stringify({ ...send, assistantId: 'assistant', model });
    return this.#openStream(send, '/api/chat/stream', { method: 'POST', body });
  }

  follow(send: OutgoingMessage): Promise<ApiResult<ReplyReader>> {
    return this.#openStream(send, `/api/chat/stream?sessionId=${send.sessionId}&turnId=${send.turnId}`);
  }

  stop({ sessionId, turnId }: OutgoingMessage): Promise<ApiResult<{ turn: Turn }>> {
    return this.#request(`/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`, { method: 'DELETE' });
  }

  history(sessionId: string): Promise<ApiResult<HistoryAnswer>> {
    return this.#request(`/api/chat/history?sessionId=${sessionId}`);
  }

  async health(): Promise<HealthAnswer> {
    const response = await this.#fetch('/api/health');
    const health = (await response.json()) as HealthAnswer;
    if (response.status !== (health.status === 'ok' ? 200 : 503))
      throw new Error(`Health answers ${response.status} and says ${JSON.stringify(health)}.`);
    return health;
  }

  /** The status of what an orchestrator asks: `live` or `ready`. */
  async probe(name: 'live' | 'ready'): Promise<number> {
    return (await this.#fetch(`/api/health/${name}`)).status;
  }

  /** Whether the page itself is served. */
  async page(): Promise<boolean> {
    const { ok } = await this.#fetch('/', { headers: { accept: 'text/html' } });
    return ok;
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.#cookie, 'content-type': 'application/json', ...init.headers };
    const response = await fetch(`${this.url}${path}`, { ...init, headers });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.#cookie = cookie.split(';')[0] ?? '';
    return response;
  }

  async #request<T>(path: string, init?: RequestInit): Promise<ApiResult<T>> {
    const response = await this.#fetch(path, init);
    if (!response.ok) return refusal(response);
    // The server's response, in the shape that the API contract gives it.
    return { ok: true, value: (await response.json()) as T };
  }

  async #openStream(
    send: OutgoingMessage,
    path: string,
    init: RequestInit = {},
  ): Promise<ApiResult<ReplyReader>> {
    const connection = new AbortController();
    const response = await this.#fetch(path, { ...init, signal: connection.signal });
    if (!response.ok || !response.body) return refusal(response);
    return { ok: true, value: readReply(send, response.body, connection) };
  }
}

async function refusal(response: Response): Promise<{ ok: false; status: number; error: ClientErrorInfo }> {
  const { info, status } = await readError(response, Date.now());
  return { ok: false, status, error: info };
}

function readReply(
  send: OutgoingMessage,
  body: ReadableStream<Uint8Array>,
  connection: AbortController,
): ReplyReader {
  const state: { turn: Turn; last?: ChatEvent } = {
    turn: startTurn({ id: send.turnId, assistantId: '-', content: '', model: '-', now: 0 }),
  };
  let change = Promise.withResolvers<void>();
  let isOver = false;
  const notify = () => {
    change.resolve();
    change = Promise.withResolvers();
  };
  const read = async () => {
    const decoder = createEventDecoder();
    for await (const bytes of body) {
      for (const decoded of decoder.push(bytes)) {
        if (decoded.kind !== 'event') throw new Error(`Not an event: ${JSON.stringify(decoded)}`);
        state.last = decoded.event;
        state.turn = applyEvent(state.turn, decoded.event);
      }
      notify();
    }
  };
  const ended = read()
    // The connection broke: the server was killed or the client disconnected.
    .catch(() => undefined)
    .then((): 'end' | 'cut' => {
      isOver = true;
      notify();
      return state.last?.type === 'end' ? 'end' : 'cut';
    });
  return {
    ...send,
    ended,
    turn: () => state.turn,
    async waitForText(text) {
      while (!state.turn.reply.content.includes(text)) {
        if (isOver) throw new Error(`The connection ended before “${text}”: ${JSON.stringify(state.turn)}`);
        await change.promise;
      }
    },
    disconnect: () => connection.abort(),
  };
}
