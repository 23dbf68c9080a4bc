import type { ChatEvent } from '@/lib/chat/events';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { SendBody } from '@/lib/chat/wire';
import type { Cancel, Scheduler } from '../browser/scheduler';
import type { StreamRequest } from '../http/api';
import { ApiError, type ClientErrorCode, type ClientErrorInfo, isTransient } from '../http/client-error';
import type { StreamOutcome } from '../http/read-stream';
import type { ClientContext } from '../state/context';
import type { ConnectionState } from '../state/conversation';
import { createEventBuffer } from './event-buffer';
import type { StoredReply } from './stored-reply';

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
  connection(state: ConnectionState): void;
  /** True if the last reply had to be read from the history. */
  isDelayed(): boolean;
}

const BACKOFF_MS = [300, 600, 1200, 2400, 5000, 5000, 5000, 5000];
/**
 * A stream begins with its turn. If nothing has arrived after this time, a proxy may be holding the stream
 * back, ms.
 */
const HELD_BACK_MS = 6000;
/** The same after a reply that was held back. Also the interval between reads of the history, ms. */
const ASK_AGAIN_MS = 1500;
/** Failures after which the server may still have the message, because only its answer was lost. */
const MAY_HAVE_ARRIVED: ReadonlySet<ClientErrorCode> = new Set(['network', 'internal']);
/** When the page resumes, a connection that has been silent for longer than this is replaced, ms. */
const STALE_MS = 5000;

/**
 * Reads one reply to its end: with `send` from the response to that request; without it, and after the connection has
 * failed, by following the turn. Reconnects with a back-off; the `turn` event of the new connection then replaces the
 * text.
 *
 * A proxy may hold the stream back until it is complete, or answer in place of the server although the server
 * has the message. So if a request yields nothing, the turn is looked up in the history, and the reply is
 * read from there in steps.
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
  /** Set once the history has the turn but its stream has yielded nothing. */
  let heldBack: StoredReply | null = null;
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

  function accept(): void {
    if (!isAccepted) handlers.opened?.();
    isAccepted = true;
  }

  /** Loaded for a stream that is held back or lost; null if that fails, too. */
  const loadStored = () =>
    import('./stored-reply').then(
      ({ createStoredReply }) =>
        createStoredReply({
          api,
          target: { sessionId, turnId },
          show,
          wait: backoff.wait,
          isOver: () => life.signal.aborted,
        }),
      () => null,
    );

  function show(turn: Turn): void {
    accept();
    receive(isLive(turn) ? { type: 'turn', turn } : { type: 'end', sessionId, turn });
    buffer.flush();
  }

  function receive(event: ChatEvent): void {
    if ((event.type === 'turn' || event.type === 'end') && event.turn.id !== turnId) return;
    if (event.type === 'end' && event.sessionId !== sessionId) return;
    receivedAt = scheduler.now();
    if (event.type !== 'turn') failures = 0;
    buffer.push(event);
  }

  /** Ends early, with `heldBack`, if the history has the turn but the stream has yielded nothing. */
  async function readOnce(request: StreamRequest): Promise<StreamOutcome | ApiError> {
    const own = new AbortController();
    connection = own;
    let isDecided = false;
    let cancelWatch: Cancel = () => undefined;
    const watch = (ms: number) => {
      cancelWatch = scheduler.after(ms, async () => {
        const stored = await loadStored();
        const isStored = await stored?.exists();
        if (isDecided || own.signal.aborted) return;
        if (!isStored) return watch(ASK_AGAIN_MS);
        heldBack = stored;
        accept();
        own.abort();
      });
    };
    watch(handlers.isDelayed() ? ASK_AGAIN_MS : HELD_BACK_MS);
    try {
      return await api.openStream(request, {
        signal: own.signal,
        onEvent(event) {
          if (!isDecided) handlers.connection('live');
          isDecided = true;
          cancelWatch();
          receive(event);
        },
        onOpen() {
          receivedAt = scheduler.now();
          accept();
        },
      });
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    } finally {
      isDecided = true;
      cancelWatch();
      buffer.flush();
    }
  }

  async function run(): Promise<void> {
    let request: StreamRequest = send ? { send } : { follow: { sessionId, turnId } };
    for (;;) {
      let outcome = await readOnce(request);
      if (heldBack)
        outcome = await heldBack.poll(() => {
          failures = 0;
          handlers.connection('delayed');
        });
      heldBack = null;
      if (!isAccepted && outcome instanceof ApiError && !life.signal.aborted) {
        const { info } = outcome;
        const stored = MAY_HAVE_ARRIVED.has(info.code) ? await loadStored() : null;
        const continued = (await stored?.continueSend(info)) ?? info;
        if (typeof continued === 'object') return handlers.sendFailed?.(continued);
        outcome = continued;
      }
      if (life.signal.aborted) return;
      if (outcome === 'end') return handlers.connection('idle');
      const error = outcome instanceof ApiError ? outcome.info : null;
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
