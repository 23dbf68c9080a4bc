import type { Cancel } from '../browser/scheduler';
import { type ClientErrorInfo, isRetriedAutomatically } from '../http/client-error';
import { chosenModel } from '../state/catalog-store';
import { type ClientContext, shownSession } from '../state/context';
import { newConversation } from '../state/conversation';
import type { OutboxEntry } from '../state/outbox-entry';
import type { LiveConnection } from './live-connection';
import type { HistoryLoader } from './load-history';
import type { Outbox } from './outbox';
import { patchSession } from './session-updates';

export interface OutboxSender {
  /** Sends a new message now, or, if another message or a reply of its session comes first, after that. */
  send(message: Omit<OutboxEntry, 'state' | 'error'>): void;
  /** Sends the session's waiting messages now, whatever delay applies. */
  sendNow(sessionId: string): void;
  /** The cause of earlier failures may be gone: ends every delay except those that the server asked for. */
  endBackoff(): void;
  start(): void;
  stop(): void;
}

const BACKOFF_MS = [1000, 2000, 4000, 8000, 15_000, 25_000];
/** How long a message is left to the browser tab that wrote it, ms. After that, the tab may have been closed. */
const OTHER_BROWSER_TAB_MS = 5000;

/** When a session's oldest waiting message is sent again. */
interface Delay {
  failures: number;
  /** By the browser's clock, ms. */
  notBefore: number;
  /** The server named the time, so only a person's request ends it early. */
  isFromServer: boolean;
}

/**
 * Sends the messages in the outbox: in order within a session, each after the reply to the one before,
 * because a session can have one live turn only. One browser tab at a time sends; the turn id makes it
 * harmless if two do. Works while the page is hidden.
 *
 * `send` is the user's act. Whatever may make a message due calls `run`, which leads to the request by `postIfDue`,
 * `postUnderLock` and `post`.
 */
export function createOutboxSender(
  context: ClientContext,
  live: LiveConnection,
  outbox: Outbox,
  history: HistoryLoader,
): OutboxSender {
  const { locks, page, scheduler, preferences, conversations, sessions, catalog } = context;
  const delays = new Map<string, Delay>();
  /** Sessions in which this browser tab is sending. */
  const busy = new Set<string>();
  /** Turn ids of messages that are not left to another browser tab: those of this tab, and those it has waited for. */
  const ownTurnIds = new Set<string>();
  let isRunning = false;
  let cancel: Cancel | null = null;
  let unsubscribes: (() => void)[] = [];

  function modelFor({ assistantId, askedModel }: OutboxEntry): string | undefined {
    const models = catalog.getState().models.value;
    const asked = askedModel === undefined ? undefined : chosenModel(models, askedModel);
    return asked ?? chosenModel(models, preferences.getState().models[assistantId]);
  }

  const sendableOf = (sessionId: string) => outbox.of(sessionId).filter(({ state }) => state !== 'failed');

  /**
   * True while a reply is running in the session, or its history is being read. A hidden page learns of the
   * end of a reply only if it reads that reply itself; for any other reply it sends, and the server answers
   * if one is running.
   */
  function isBlocked(sessionId: string): boolean {
    const isShown = shownSession(context) === sessionId;
    const shown = isShown ? conversations.of(sessionId) : undefined;
    if (shown?.phase === 'loading') return true;
    if (!page.isVisible() && !(isShown && live.isReading())) return false;
    return (shown ?? sessions.getState().byId[sessionId])?.activeTurnId != null;
  }

  const isReplying = (sessionId: string): boolean => conversations.of(sessionId)?.activeTurnId != null;

  function delay(sessionId: string, error?: ClientErrorInfo): void {
    const failures = delays.get(sessionId)?.failures ?? 0;
    const backoff = BACKOFF_MS[failures] ?? BACKOFF_MS.at(-1) ?? 0;
    const fromServer = error?.retryAfterMs ?? 0;
    delays.set(sessionId, {
      failures: failures + 1,
      notBefore: scheduler.now() + Math.max(backoff, fromServer),
      isFromServer: fromServer > 0,
    });
  }

  /** Posts a message and records the outcome. */
  async function post(message: OutboxEntry): Promise<void> {
    const { turnId, sessionId, assistantId } = message;
    if (!conversations.of(sessionId)) conversations.put(newConversation(sessionId, assistantId, 'loading'));
    outbox.markSending(turnId);
    const error = await live.post(message, modelFor(message));
    if (error && isRetriedAutomatically(error)) delay(sessionId, error);
    else delays.delete(sessionId);
    if (!error) return;
    if (error.code === 'turn_in_progress') await waitForReply(message, error);
    else outbox.sendFailed(turnId, error);
  }

  /** Another browser started a reply in this session: shows and follows it. The message stays where it is. */
  async function waitForReply(message: OutboxEntry, error: ClientErrorInfo): Promise<void> {
    const { turnId, sessionId } = message;
    if (outbox.isInComposer(message)) outbox.returnToComposer(turnId);
    else outbox.sendFailed(turnId, error);
    patchSession(context, sessionId, { activeTurnId: error.activeTurnId ?? null });
    await history.load(sessionId);
  }

  /**
   * Posts a message under the session's lock. A new message waits for another browser tab that is sending;
   * one that has waited is left to that tab, and read again from storage first, as the other tab may have
   * sent it.
   */
  async function postUnderLock({ turnId, sessionId }: OutboxEntry, isNew: boolean): Promise<void> {
    if (busy.has(sessionId)) return;
    busy.add(sessionId);
    const postIfUnsent = async () => {
      if (!isNew) await preferences.persist.rehydrate();
      const message = outbox.find(turnId);
      if (message) await post(message);
    };
    try {
      const hasRun = await locks.hold(`confab-send-${sessionId}`, postIfUnsent, { ifFree: !isNew });
      if (!hasRun) delay(sessionId);
    } finally {
      busy.delete(sessionId);
    }
    run();
  }

  /** Posts the session's oldest waiting message if it is due. Returns its remaining delay, ms, or null. */
  function postIfDue(sessionId: string): number | null {
    const [first] = sendableOf(sessionId);
    if (first?.state !== 'waiting' || busy.has(sessionId)) return null;
    if (isBlocked(sessionId)) {
      delays.delete(sessionId);
      ownTurnIds.add(first.turnId);
      return null;
    }
    if (!ownTurnIds.has(first.turnId)) {
      ownTurnIds.add(first.turnId);
      delays.set(sessionId, {
        failures: 0,
        notBefore: scheduler.now() + OTHER_BROWSER_TAB_MS,
        isFromServer: false,
      });
    }
    const wait = (delays.get(sessionId)?.notBefore ?? 0) - scheduler.now();
    if (wait <= 0) void postUnderLock(first, false);
    return wait > 0 ? wait : null;
  }

  function run(): void {
    cancel?.();
    cancel = null;
    if (!isRunning) return;
    const sessionIds = new Set(outbox.of().map(({ sessionId }) => sessionId));
    const waits = [...sessionIds].map(postIfDue).filter((wait) => wait !== null);
    if (waits.length > 0) cancel = scheduler.after(Math.min(...waits), run);
  }

  return {
    send(unsent) {
      const { turnId, sessionId } = unsent;
      ownTurnIds.add(turnId);
      const isFirst = sendableOf(sessionId).length === 0 && !busy.has(sessionId);
      const isDue = isFirst && !isReplying(sessionId);
      const message: OutboxEntry = { ...unsent, state: isDue ? 'sending' : 'waiting' };
      outbox.add(message);
      if (isDue) void postUnderLock(message, true);
      else run();
    },
    sendNow(sessionId) {
      delays.delete(sessionId);
      for (const { turnId } of outbox.of(sessionId)) ownTurnIds.add(turnId);
      run();
    },
    endBackoff() {
      for (const [sessionId, { isFromServer }] of delays) if (!isFromServer) delays.delete(sessionId);
      run();
    },
    start() {
      isRunning = true;
      // Messages that are in storage when the page starts are sent at once, not left to another browser tab.
      for (const { turnId } of outbox.of()) {
        ownTurnIds.add(turnId);
        outbox.wait(turnId);
      }
      unsubscribes = [preferences, conversations, sessions].map((store) => store.subscribe(run));
      run();
    },
    stop() {
      isRunning = false;
      cancel?.();
      for (const unsubscribe of unsubscribes) unsubscribe();
    },
  };
}
