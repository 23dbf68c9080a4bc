import type { ChatEvent } from '@/lib/chat/events';
import type { Session } from '@/lib/chat/session';
import type { Turn } from '@/lib/chat/turn';
import type { Scheduler } from '../browser/scheduler';
import { type SendBytes, type SendBytesOptions, sendBytes } from '../browser/send-bytes';
import { ApiError } from './client-error';
import { readError } from './read-error';
import { readStream, type StreamOutcome } from './read-stream';
import type {
  Health,
  HistoryAnswer,
  ModelList,
  SendBody,
  SessionChange,
  SessionsAnswer,
  UploadedImage,
} from './wire';

export type StreamRequest = { send: SendBody } | { follow: { sessionId: string; turnId: string } };

export interface StreamOptions {
  /** Aborting it closes the connection, never the reply. */
  signal: AbortSignal;
  /** The server accepted: what was sent is in its store. */
  onOpen?: () => void;
  onEvent: (event: ChatEvent) => void;
}

/** Every call rejects with `ApiError` and nothing else. Ids are checked by the server. */
export interface Api {
  health(): Promise<Health>;
  models(): Promise<ModelList>;
  /** `limit`: at most 200; 50 if not given. */
  history(query: { sessionId: string; before?: string; limit?: number }): Promise<HistoryAnswer>;
  sessions(query: { assistantId?: string; limit?: number; before?: string }): Promise<SessionsAnswer>;
  changeSession(sessionId: string, change: SessionChange): Promise<Session>;
  clearSession(sessionId: string): Promise<{ undoUntil: number }>;
  removeSession(sessionId: string): Promise<{ undoUntil: number }>;
  restoreSession(sessionId: string): Promise<Session>;
  stopTurn(sessionId: string, turnId: string): Promise<Turn>;
  removeTurn(sessionId: string, turnId: string): Promise<{ undoUntil: number }>;
  restoreTurn(sessionId: string, turnId: string): Promise<Turn>;
  /** Given up, as not reached, when nothing of it moves for 20 s. */
  uploadImage(image: Blob, options: SendBytesOptions): Promise<UploadedImage>;
  /** Rejects if the server refuses or is not reached; once it is open, tells how it ended. */
  openStream(request: StreamRequest, options: StreamOptions): Promise<StreamOutcome>;
}

interface ApiOptions {
  scheduler: Scheduler;
  /** Where the server is; the page's own origin if left out. */
  baseUrl?: string;
  /** False when the browser itself knows that there is no network. */
  online?: () => boolean;
  upload?: SendBytes;
}

/** A call that takes longer than this is given up, ms. */
const CALL_TIMEOUT_MS = 20_000;
/** How many turns a page of history has, if nobody asks for more. */
const HISTORY_LIMIT = 50;

/** The only file of the browser that calls `fetch`. */
export function createApi({
  scheduler,
  baseUrl = '',
  online = () => navigator.onLine,
  upload = sendBytes,
}: ApiOptions): Api {
  async function reach(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${baseUrl}${path}`, { ...init, credentials: 'same-origin', cache: 'no-store' });
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  const unreachable = (cause: unknown) => new ApiError({ code: online() ? 'network' : 'offline' }, 0, cause);

  /** `accepts`: a status beyond 2xx whose body is still the answer. */
  async function call<T>(method: string, path: string, body?: unknown, accepts?: number): Promise<T> {
    const timeout = new AbortController();
    const cancelTimeout = scheduler.after(CALL_TIMEOUT_MS, () => timeout.abort());
    try {
      const response = await reach(path, {
        method,
        signal: timeout.signal,
        ...(body !== undefined && { body: JSON.stringify(body), headers: JSON_HEADERS }),
      });
      if (!response.ok && response.status !== accepts) throw await readError(response);
      // The parsed edge: our own server's answer, in the shape of its contract.
      return (await response.json()) as T;
    } catch (error) {
      // A body that stops midway, or a page of somebody's login in place of JSON: the server was not reached.
      throw error instanceof ApiError ? error : unreachable(error);
    } finally {
      cancelTimeout();
    }
  }

  /** The answer's head; a server that does not come up with one in time was not reached. */
  async function open(request: StreamRequest, signal: AbortSignal): Promise<Response> {
    const opening = new AbortController();
    const cancelTimeout = scheduler.after(CALL_TIMEOUT_MS, () => opening.abort());
    signal.addEventListener('abort', () => opening.abort(), { once: true });
    try {
      return 'send' in request
        ? await reach('/api/chat/stream', {
            method: 'POST',
            signal: opening.signal,
            headers: JSON_HEADERS,
            body: JSON.stringify(request.send),
          })
        : await reach(`/api/chat/stream${search(request.follow)}`, { signal: opening.signal });
    } finally {
      cancelTimeout();
    }
  }

  return {
    health: () => call('GET', '/api/health', undefined, 503),
    models: () => call('GET', '/api/models'),
    history: (query) => call('GET', `/api/chat/history${search({ limit: HISTORY_LIMIT, ...query })}`),
    sessions: (query) => call('GET', `/api/chat/sessions${search(query)}`),
    changeSession: async (sessionId, change) => {
      const answer = await call<{ session: Session }>('PATCH', sessionPath(sessionId), change);
      return answer.session;
    },
    clearSession: (sessionId) => call('DELETE', `/api/chat/history${search({ sessionId })}`),
    removeSession: (sessionId) => call('DELETE', sessionPath(sessionId)),
    restoreSession: async (sessionId) => {
      const answer = await call<{ session: Session }>('POST', `${sessionPath(sessionId)}/restore`);
      return answer.session;
    },
    stopTurn: async (sessionId, turnId) => {
      const answer = await call<{ turn: Turn }>('DELETE', `/api/chat/stream${search({ sessionId, turnId })}`);
      return answer.turn;
    },
    removeTurn: (sessionId, turnId) => call('DELETE', `${turnPath(turnId)}${search({ sessionId })}`),
    restoreTurn: async (sessionId, turnId) => {
      const path = `${turnPath(turnId)}/restore${search({ sessionId })}`;
      return (await call<{ turn: Turn }>('POST', path)).turn;
    },
    async uploadImage(image, { signal, onProgress }) {
      const life = new AbortController();
      const abort = () => life.abort();
      const patience = () => scheduler.after(CALL_TIMEOUT_MS, abort);
      let cancelTimeout = patience();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const response = await upload(`${baseUrl}/api/images`, image, {
          signal: life.signal,
          onProgress(share) {
            cancelTimeout();
            cancelTimeout = patience();
            onProgress(share);
          },
        });
        if (!response.ok) throw await readError(response);
        return (await response.json()) as UploadedImage;
      } catch (error) {
        throw error instanceof ApiError ? error : unreachable(error);
      } finally {
        cancelTimeout();
        signal.removeEventListener('abort', abort);
      }
    },
    async openStream(request, { signal, onOpen, onEvent }) {
      if (signal.aborted) return 'closed';
      try {
        const response = await open(request, signal);
        if (!response.ok) throw await readError(response);
        if (!isEventStream(response) || !response.body) throw unreachable('not an event stream');
        onOpen?.();
        return await readStream(response.body, { signal, scheduler, onEvent });
      } catch (error) {
        if (signal.aborted) return 'closed';
        throw error;
      }
    },
  };
}

const JSON_HEADERS = { 'content-type': 'application/json' };

const sessionPath = (sessionId: string): string => `/api/chat/sessions/${encodeURIComponent(sessionId)}`;

const turnPath = (turnId: string): string => `/api/chat/turns/${encodeURIComponent(turnId)}`;

const isEventStream = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;

function search(fields: Record<string, string | number | undefined>): string {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
