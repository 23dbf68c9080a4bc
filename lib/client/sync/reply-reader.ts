import type { ChatEvent } from '@/lib/chat/events';
import type { Turn } from '@/lib/chat/turn';
import type { SendBody } from '@/lib/chat/wire';
import { createPause } from '../browser/pause';
import type { StreamRequest } from '../http/api';
import { ApiError, type ClientErrorInfo, isPassing } from '../http/client-error';
import type { StreamOutcome } from '../http/read-stream';
import type { ClientContext } from '../state/context';
import { createEventBuffer } from './event-buffer';

export interface ReplyTarget {
  sessionId: string;
  turnId: string;
}

export interface ReplyReader extends ReplyTarget {
  /** True once its turn was committed: the server has it, and so has the page. */
  committed(): boolean;
  /** The page woke up, or the network is back: a cut connection is taken up at once, a silent one is made anew. */
  wake(): void;
  /** Drops the connection and takes the reply up again. A send that is not accepted yet is left alone. */
  reconnect(): void;
  /** Closes the connection. The reply goes on. */
  close(): void;
  /** Nobody looks any more: closes, but never between a send and its acknowledgement. */
  leave(): void;
}

interface ReplyHandlers {
  /** The server accepted the send. */
  opened?(): void;
  /** The send was refused, or did not arrive. Nothing follows. */
  refused?(error: ClientErrorInfo): void;
  commit(turn: Turn): void;
  /** The reply cannot be followed (gone, or out of reach for long): the history knows. Nothing follows. */
  lost(): void;
  connection(state: 'live' | 'reconnecting' | 'idle'): void;
}

const BACKOFF_MS = [300, 600, 1200, 2400, 5000, 5000, 5000, 5000];
/** On waking, a connection that told nothing for this long is not trusted, ms. */
const STALE_MS = 5000;

/**
 * Reads one reply to its end: the sender from its own stream, everybody else, and the sender after a cut, by
 * following. A cut is taken up again with back-off; a `turn` event then puts the text right.
 */
export function readReply(
  { api, scheduler }: ClientContext,
  { sessionId, turnId }: ReplyTarget,
  handlers: ReplyHandlers,
  send?: SendBody,
): ReplyReader {
  const life = new AbortController();
  const pause = createPause(scheduler);
  let connection = new AbortController();
  let isCommitted = false;
  let isOpen = send === undefined;
  let failures = 0;
  let heardAt = scheduler.now();

  let isLeft = false;

  const buffer = createEventBuffer(scheduler, (turn) => {
    isCommitted = true;
    handlers.commit(turn);
    if (isLeft) close();
  });

  function close(): void {
    if (life.signal.aborted) return;
    life.abort();
    buffer.close();
    connection.abort();
    pause.end();
    handlers.connection('idle');
  }

  function reconnect(): void {
    pause.end();
    if (isOpen) connection.abort();
  }

  function hear(event: ChatEvent): void {
    if ((event.type === 'turn' || event.type === 'end') && event.turn.id !== turnId) return;
    if (event.type === 'end' && event.sessionId !== sessionId) return;
    heardAt = scheduler.now();
    if (event.type !== 'turn') failures = 0;
    buffer.push(event);
  }

  async function readOnce(request: StreamRequest): Promise<StreamOutcome | ApiError> {
    connection = new AbortController();
    try {
      return await api.openStream(request, {
        signal: connection.signal,
        onEvent: hear,
        onOpen() {
          heardAt = scheduler.now();
          handlers.connection('live');
          if (!isOpen) handlers.opened?.();
          isOpen = true;
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
      if (!isOpen && error) return handlers.refused?.(error);
      const wait = BACKOFF_MS[failures];
      if (wait === undefined || (error && !isPassing(error))) {
        handlers.connection('idle');
        return handlers.lost();
      }
      failures += 1;
      handlers.connection('reconnecting');
      // `closed` here means that we gave up a connection that is not trusted: no reason to wait.
      if (outcome !== 'closed') await pause.wait(wait);
      if (life.signal.aborted) return;
      request = { follow: { sessionId, turnId } };
    }
  }
  void run();

  return {
    sessionId,
    turnId,
    committed: () => isCommitted,
    wake() {
      if (scheduler.now() - heardAt > STALE_MS) reconnect();
      else pause.end();
    },
    reconnect,
    close,
    leave() {
      isLeft = true;
      if (!send || isCommitted) close();
    },
  };
}
