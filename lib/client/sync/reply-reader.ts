import type { ChatEvent } from '@/lib/chat/events';
import type { Turn } from '@/lib/chat/turn';
import type { SendBody } from '@/lib/chat/wire';
import type { Scheduler } from '../browser/scheduler';
import type { StreamRequest } from '../http/api';
import { ApiError, type ClientErrorInfo, isTransient } from '../http/client-error';
import type { StreamOutcome } from '../http/read-stream';
import type { ClientContext } from '../state/context';
import { createEventBuffer } from './event-buffer';

export interface ReplyTarget {
  sessionId: string;
  turnId: string;
}

export interface ReplyReader extends ReplyTarget {
  /** True once the turn was committed, so that both the server and the page have it. */
  hasCommitted(): boolean;
  /** Ends a wait for the next attempt, and replaces a connection that has been silent for 5 s. */
  resume(): void;
  /** Replaces the connection, unless it is a send that the server has not accepted yet. */
  reconnect(): void;
  /** Closes the connection. The reply continues on the server. */
  close(): void;
  /** Closes as soon as a send is committed; at once if nothing was sent. */
  closeOnceCommitted(): void;
}

interface ReplyHandlers {
  /** The server accepted the send. */
  opened?(): void;
  /** The send was refused or did not arrive. This is the last call. */
  sendFailed?(error: ClientErrorInfo): void;
  commit(turn: Turn): void;
  /** The reply cannot be followed, so the history has to be read. This is the last call. */
  gaveUp(): void;
  connection(state: 'live' | 'reconnecting' | 'idle'): void;
}

const BACKOFF_MS = [300, 600, 1200, 2400, 5000, 5000, 5000, 5000];
/** When the page resumes, a connection that has been silent for longer than this is replaced, ms. */
const STALE_MS = 5000;

/**
 * Reads one reply to its end: with `send` from the response to that request; without it, and after the connection has
 * failed, by following the turn. Reconnects with a back-off; the `turn` event of the new connection then replaces the
 * text.
 */
export function readReply(
  { api, scheduler }: ClientContext,
  { sessionId, turnId }: ReplyTarget,
  handlers: ReplyHandlers,
  send?: SendBody,
): ReplyReader {
  const life = new AbortController();
  const backoff = createBackoff(scheduler);
  let connection = new AbortController();
  let isCommitted = false;
  let isAccepted = send === undefined;
  let isClosing = false;
  let failures = 0;
  let receivedAt = scheduler.now();

  const buffer = createEventBuffer(scheduler, (turn) => {
    isCommitted = true;
    handlers.commit(turn);
    if (isClosing) close();
  });

  function close(): void {
    if (life.signal.aborted) return;
    life.abort();
    buffer.close();
    connection.abort();
    backoff.end();
    handlers.connection('idle');
  }

  function reconnect(): void {
    backoff.end();
    if (isAccepted) connection.abort();
  }

  function receive(event: ChatEvent): void {
    if ((event.type === 'turn' || event.type === 'end') && event.turn.id !== turnId) return;
    if (event.type === 'end' && event.sessionId !== sessionId) return;
    receivedAt = scheduler.now();
    if (event.type !== 'turn') failures = 0;
    buffer.push(event);
  }

  async function readOnce(request: StreamRequest): Promise<StreamOutcome | ApiError> {
    connection = new AbortController();
    try {
      return await api.openStream(request, {
        signal: connection.signal,
        onEvent: receive,
        onOpen() {
          receivedAt = scheduler.now();
          handlers.connection('live');
          if (!isAccepted) handlers.opened?.();
          isAccepted = true;
        },
      });
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    } finally {
      buffer.flush();
    }
  }

  async function run(): Promise<void> {
    let request: StreamRequest = send ? { send } : { follow: { sessionId, turnId } };
    for (;;) {
      const outcome = await readOnce(request);
      if (life.signal.aborted) return;
      if (outcome === 'end') return handlers.connection('idle');
      const error = outcome instanceof ApiError ? outcome.info : null;
      if (!isAccepted && error) return handlers.sendFailed?.(error);
      const wait = BACKOFF_MS[failures];
      if (wait === undefined || (error && !isTransient(error))) {
        handlers.connection('idle');
        return handlers.gaveUp();
      }
      failures += 1;
      handlers.connection('reconnecting');
      // `closed` means that `reconnect` replaced the connection: there is nothing to wait for.
      if (outcome !== 'closed') await backoff.wait(wait);
      if (life.signal.aborted) return;
      request = { follow: { sessionId, turnId } };
    }
  }
  void run();

  return {
    sessionId,
    turnId,
    hasCommitted: () => isCommitted,
    resume() {
      if (scheduler.now() - receivedAt > STALE_MS) reconnect();
      else backoff.end();
    },
    reconnect,
    close,
    closeOnceCommitted() {
      isClosing = true;
      if (!send || isCommitted) close();
    },
  };
}

/** One wait at a time, which resolves after its time or when `end` is called. */
function createBackoff(scheduler: Scheduler) {
  let finish: (() => void) | null = null;
  return {
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const cancel = scheduler.after(ms, () => finish?.());
        finish = () => {
          finish = null;
          cancel();
          resolve();
        };
      }),
    end: () => finish?.(),
  };
}
