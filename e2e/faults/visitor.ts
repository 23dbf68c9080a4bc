import { randomUUID } from 'node:crypto';
import { applyEvent } from '@/lib/chat/apply-event';
import type { ChatEvent } from '@/lib/chat/events';
import { createSseDecoder } from '@/lib/chat/sse';
import { startTurn, type Turn } from '@/lib/chat/turn';
import type { ClientErrorInfo } from '@/lib/client/client-error';
import { readError } from '@/lib/client/read-error';
import type { Health, HistoryAnswer } from '@/lib/client/wire';

export interface Send {
  sessionId: string;
  turnId: string;
  content: string;
}

/** A connection on which a turn is read, folded as the page folds it. */
export interface Reading extends Send {
  turn(): Turn;
  /** Resolves when the reply so far has this text. */
  has(text: string): Promise<void>;
  /** How the connection ended: with the last event, or without. */
  ended: Promise<'end' | 'cut'>;
  /** The client's side goes away. */
  leave(): void;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; status: number; error: ClientErrorInfo };

/** A guest with a cookie, over HTTP alone, on one server or on several that share a store. */
export class Visitor {
  #cookie: string;

  constructor(
    readonly url: string,
    cookie = '',
  ) {
    this.#cookie = cookie;
  }

  /** The same guest, at another server. */
  at(url: string): Visitor {
    return new Visitor(url, this.#cookie);
  }

  static words(content: string, sessionId: string = randomUUID()): Send {
    return { sessionId, turnId: randomUUID(), content };
  }

  send(send: Send, model?: string): Promise<Answer<Reading>> {
    const body = JSON.stringify({ ...send, assistantId: 'assistant', model });
    return this.#read(send, '/api/chat/stream', { method: 'POST', body });
  }

  follow(send: Send): Promise<Answer<Reading>> {
    return this.#read(send, `/api/chat/stream?sessionId=${send.sessionId}&turnId=${send.turnId}`);
  }

  stop({ sessionId, turnId }: Send): Promise<Answer<{ turn: Turn }>> {
    return this.#ask(`/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`, { method: 'DELETE' });
  }

  history(sessionId: string): Promise<Answer<HistoryAnswer>> {
    return this.#ask(`/api/chat/history?sessionId=${sessionId}`);
  }

  async health(): Promise<Health> {
    const response = await this.#fetch('/api/health');
    const health = (await response.json()) as Health;
    if (response.status !== (health.store.ok ? 200 : 503))
      throw new Error(`Health answers ${response.status} and says ${JSON.stringify(health)}.`);
    return health;
  }

  /** Whether the page itself is served. */
  async page(): Promise<boolean> {
    const { ok } = await this.#fetch('/', { headers: { accept: 'text/html' } });
    return ok;
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.#cookie, 'content-type': 'application/json', ...init.headers };
    const response = await fetch(`${this.url}${path}`, { ...init, headers });
    const [given] = response.headers.getSetCookie();
    if (given) this.#cookie = given.split(';')[0] ?? '';
    return response;
  }

  async #ask<T>(path: string, init?: RequestInit): Promise<Answer<T>> {
    const response = await this.#fetch(path, init);
    if (!response.ok) return refusal(response);
    // The parsed edge: the server's answer, in the shape of its contract.
    return { ok: true, value: (await response.json()) as T };
  }

  async #read(send: Send, path: string, init: RequestInit = {}): Promise<Answer<Reading>> {
    const leaving = new AbortController();
    const response = await this.#fetch(path, { ...init, signal: leaving.signal });
    if (!response.ok || !response.body) return refusal(response);
    return { ok: true, value: readingOf(send, response.body, leaving) };
  }
}

async function refusal(response: Response): Promise<{ ok: false; status: number; error: ClientErrorInfo }> {
  const { info, status } = await readError(response);
  return { ok: false, status, error: info };
}

function readingOf(send: Send, body: ReadableStream<Uint8Array>, leaving: AbortController): Reading {
  const state: { turn: Turn; last?: ChatEvent } = {
    turn: startTurn({ id: send.turnId, assistantId: '-', content: '', model: '-', now: 0 }),
  };
  let change = Promise.withResolvers<void>();
  let over = false;
  const tell = () => {
    change.resolve();
    change = Promise.withResolvers();
  };
  const read = async () => {
    const decoder = createSseDecoder();
    for await (const bytes of body) {
      for (const decoded of decoder.push(bytes)) {
        if (decoded.kind === 'malformed') throw new Error(`A frame that cannot be read: ${decoded.data}`);
        state.last = decoded.event;
        state.turn = applyEvent(state.turn, decoded.event);
      }
      tell();
    }
  };
  const ended = read()
    // A server that was killed, or a client that left: the connection broke.
    .catch(() => undefined)
    .then((): 'end' | 'cut' => {
      over = true;
      tell();
      return state.last?.type === 'end' ? 'end' : 'cut';
    });
  return {
    ...send,
    ended,
    turn: () => state.turn,
    async has(text) {
      while (!state.turn.reply.content.includes(text)) {
        if (over) throw new Error(`The connection ended before “${text}”: ${JSON.stringify(state.turn)}`);
        await change.promise;
      }
    },
    leave: () => leaving.abort(),
  };
}
