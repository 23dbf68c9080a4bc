import { BASE_PATH } from '@/lib/chat/base-path';
import type { ChatEvent } from '@/lib/chat/events';
import { type Read, UnexpectedJson } from '@/lib/chat/json-reader';
import {
  readHealth,
  readHistory,
  readImage,
  readModels,
  readSessionAnswer,
  readSessions,
  readTurnAnswer,
  readUndo,
} from '@/lib/chat/read-wire';
import type { Session } from '@/lib/chat/session';
import type { Turn } from '@/lib/chat/turn';
import type {
  HealthAnswer,
  HistoryAnswer,
  HistoryQuery,
  ImageAnswer,
  ModelsAnswer,
  SendBody,
  SessionChange,
  SessionsAnswer,
  SessionsQuery,
  TurnQuery,
  UndoAnswer,
} from '@/lib/chat/wire';
import type { Scheduler } from '../browser/scheduler';
import type { SendBytes, SendBytesOptions } from '../browser/send-bytes';
import { ApiError, INTERCEPTED } from './client-error';
import { takeEarlyAnswer } from './early-calls';
import { readError } from './read-error';
import { readStream, type StreamOutcome } from './read-stream';

export type StreamRequest = { send: SendBody } | { follow: TurnQuery };

export interface StreamOptions {
  /** Aborting it closes the connection, never the reply. */
  signal: AbortSignal;
  /** The server has accepted the request: what was sent is in its store. */
  onOpen?: () => void;
  onEvent: (event: ChatEvent) => void;
}

/** The server's HTTP API. Every call rejects with `ApiError` and nothing else. */
export interface Api {
  health(): Promise<HealthAnswer>;
  models(): Promise<ModelsAnswer>;
  history(query: HistoryQuery): Promise<HistoryAnswer>;
  sessions(query: SessionsQuery): Promise<SessionsAnswer>;
  changeSession(sessionId: string, change: SessionChange): Promise<Session>;
  clearSession(sessionId: string): Promise<UndoAnswer>;
  removeSession(sessionId: string): Promise<UndoAnswer>;
  restoreSession(sessionId: string): Promise<Session>;
  stopTurn(sessionId: string, turnId: string): Promise<Turn>;
  removeTurn(sessionId: string, turnId: string): Promise<UndoAnswer>;
  restoreTurn(sessionId: string, turnId: string): Promise<Turn>;
  /** Fails with `network` when no byte has moved for 20 s. */
  uploadImage(image: Blob, options: SendBytesOptions): Promise<ImageAnswer>;
  /** A call that only a part of the page makes which loads later, or that has no answer (`noContent`). */
  request<T>(read: Read<T>, method: string, path: string, options?: { body?: unknown }): Promise<T>;
  /** Rejects if the server refuses or cannot be reached; once open, resolves with how the stream ended. */
  openStream(request: StreamRequest, options: StreamOptions): Promise<StreamOutcome>;
}

interface ApiOptions {
  scheduler: Scheduler;
  /** What comes before every path; left out: the page's own server. */
  baseUrl?: string;
  /** False when the browser itself says that there is no network. */
  online?: () => boolean;
  upload?: SendBytes;
}

/** How long a call may take, ms. */
const CALL_TIMEOUT_MS = 20_000;
/** Turns on a page of history, unless the caller asks for more. */
const HISTORY_LIMIT = 50;

/** The only file of the browser that calls `fetch`. */
export function createApi({
  scheduler,
  baseUrl = BASE_PATH,
  online = () => navigator.onLine,
  // Loaded with the first image.
  upload = async (...upload) => (await import('../browser/send-bytes')).sendBytes(...upload),
}: ApiOptions): Api {
  async function reach(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${baseUrl}${path}`, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        // The API never redirects, so a redirect comes from something in front of the server, such as a
        // sign-in page.
        redirect: 'manual',
      });
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  const unreachable = (cause: unknown) => new ApiError({ code: online() ? 'network' : 'offline' }, 0, cause);

  /**
   * The error of a call. A body that our server would not send comes from something else; a truncated body
   * means a lost connection.
   */
  function asApiError(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    return error instanceof SyntaxError || error instanceof UnexpectedJson
      ? new ApiError(INTERCEPTED, 0, error)
      : unreachable(error);
  }

  /** Calls the server and reads its answer. `accepts`: a status beyond 2xx that has the same body. */
  async function call<T>(
    read: Read<T>,
    method: string,
    path: string,
    { body, accepts }: { body?: unknown; accepts?: number } = {},
  ): Promise<T> {
    const timeout = new AbortController();
    const cancelTimeout = scheduler.after(CALL_TIMEOUT_MS, () => timeout.abort());
    try {
      const early = method === 'GET' ? await takeEarlyAnswer(path, timeout.signal) : null;
      const response =
        early ??
        (await reach(path, {
          method,
          signal: timeout.signal,
          ...(body !== undefined && { body: JSON.stringify(body), headers: JSON_HEADERS }),
        }));
      if (!response.ok && response.status !== accepts) throw await readError(response, scheduler.now());
      return read(response.status === 204 ? undefined : await response.json());
    } catch (error) {
      throw asApiError(error);
    } finally {
      cancelTimeout();
    }
  }

  /** Resolves once the headers of the answer have arrived; a server that takes too long counts as unreachable. */
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
        : await reach(`/api/chat/stream${search({ ...request.follow })}`, { signal: opening.signal });
    } finally {
      cancelTimeout();
    }
  }

  return {
    health: () => call(readHealth, 'GET', '/api/health', { accepts: 503 }),
    models: () => call(readModels, 'GET', '/api/models'),
    history: (query) =>
      call(readHistory, 'GET', `/api/chat/history${search({ limit: HISTORY_LIMIT, ...query })}`),
    sessions: (query) => call(readSessions, 'GET', `/api/chat/sessions${search({ ...query })}`),
    changeSession: async (sessionId, change) =>
      (await call(readSessionAnswer, 'PATCH', sessionPath(sessionId), { body: change })).session,
    clearSession: (sessionId) => call(readUndo, 'DELETE', `/api/chat/history${search({ sessionId })}`),
    removeSession: (sessionId) => call(readUndo, 'DELETE', sessionPath(sessionId)),
    restoreSession: async (sessionId) =>
      (await call(readSessionAnswer, 'POST', `${sessionPath(sessionId)}/restore`)).session,
    stopTurn: async (sessionId, turnId) =>
      (await call(readTurnAnswer, 'DELETE', `/api/chat/stream${search({ sessionId, turnId })}`)).turn,
    removeTurn: (sessionId, turnId) =>
      call(readUndo, 'DELETE', `${turnPath(turnId)}${search({ sessionId })}`),
    restoreTurn: async (sessionId, turnId) =>
      (await call(readTurnAnswer, 'POST', `${turnPath(turnId)}/restore${search({ sessionId })}`)).turn,
    request: call,
    async uploadImage(image, { signal, onProgress }) {
      const life = new AbortController();
      const abort = () => life.abort();
      const startTimeout = () => scheduler.after(CALL_TIMEOUT_MS, abort);
      let cancelTimeout = startTimeout();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const response = await upload(`${baseUrl}/api/images`, image, {
          signal: life.signal,
          onProgress(share) {
            cancelTimeout();
            cancelTimeout = startTimeout();
            onProgress(share);
          },
        });
        if (!response.ok) throw await readError(response, scheduler.now());
        return readImage(await response.json());
      } catch (error) {
        throw asApiError(error);
      } finally {
        cancelTimeout();
        signal.removeEventListener('abort', abort);
      }
    },
    async openStream(request, { signal, onOpen, onEvent }) {
      if (signal.aborted) return 'closed';
      try {
        const response = await open(request, signal);
        if (!response.ok) throw await readError(response, scheduler.now());
        let isOpen = false;
        const opened = () => {
          if (!isOpen) onOpen?.();
          isOpen = true;
        };
        if (isEventStream(response)) opened();
        if (!response.body) throw new ApiError(INTERCEPTED, response.status);
        // A proxy may have removed the content type. The first event shows whether the answer is our
        // server's.
        const outcome = await readStream(response.body, {
          signal,
          scheduler,
          onEvent(event) {
            opened();
            onEvent(event);
          },
        });
        if (!isOpen && outcome === 'cut') throw new ApiError(INTERCEPTED, 0);
        return outcome;
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

/** Of an answer without a body. */
export const noContent = (): void => undefined;

const isEventStream = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;

function search(fields: Record<string, string | number | undefined>): string {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
