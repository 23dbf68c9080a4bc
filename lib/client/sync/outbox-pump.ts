import type { Cancel } from '../browser/scheduler';
import { type ClientErrorInfo, goesOutByItself } from '../http/client-error';
import { chosenModel } from '../state/chosen-model';
import { type ClientContext, shownSession } from '../state/context';
import { newConversation } from '../state/conversation';
import type { PendingSend } from '../state/pending-send';
import type { LiveConnection } from './live-connection';
import type { HistoryLoader } from './load-history';
import { patchSession } from './note-sessions';
import type { Outbox } from './outbox';

export interface OutboxPump {
  /**
   * Something new to say: it goes out at once, or, if other words of its conversation wait or a reply is written there,
   * after them.
   */
  send(entry: Omit<PendingSend, 'state' | 'error'>): void;
  /** Tries the words of this conversation now, whatever was to be waited for. */
  hurry(sessionId: string): void;
  /** Something is well again that may have been the trouble: nothing is waited out, except what a server asked for. */
  wake(): void;
  start(): void;
  stop(): void;
}

const BACKOFF_MS = [1000, 2000, 4000, 8000, 15_000, 25_000];
/** Strings of another tab are left to that tab for so long, ms; it may have gone. */
const FOREIGN_MS = 5000;

/** When a conversation's words are tried next. */
interface Trial {
  failures: number;
  /** By the browser's clock, ms. */
  notBefore: number;
  /** The server named the time: nothing but the person shortens it. */
  isAsked: boolean;
}

/**
 * Sends what waits: in order within a conversation, one at a time, the next only after the reply before it has ended
 * (one live turn holds a session). Of several tabs one sends; its turn id makes a message one turn, however often and
 * from wherever it is sent. Works while nobody looks.
 */
export function createOutboxPump(
  context: ClientContext,
  live: LiveConnection,
  outbox: Outbox,
  history: HistoryLoader,
): OutboxPump {
  const { locks, page, scheduler, preferences, conversations, sessions, catalog } = context;
  const trials = new Map<string, Trial>();
  /** Conversations in which this tab is sending. */
  const busy = new Set<string>();
  /** Turn ids that this tab has come across. */
  const met = new Set<string>();
  let running = false;
  let cancel: Cancel | null = null;
  let stops: (() => void)[] = [];

  function modelFor({ assistantId, askedModel }: PendingSend): string | undefined {
    const models = catalog.getState().models.value;
    const asked = askedModel === undefined ? undefined : chosenModel(models, askedModel);
    return asked ?? chosenModel(models, preferences.getState().models[assistantId]);
  }

  const queueOf = (sessionId: string) => outbox.of(sessionId).filter(({ state }) => state !== 'failed');

  /**
   * A reply is being written there, or it is just being read what is there already. While nobody looks, only a reply
   * that this tab reads is known to end: with any other the server is asked, by sending.
   */
  function isHeld(sessionId: string): boolean {
    const isShown = shownSession(context) === sessionId;
    const shown = isShown ? conversations.of(sessionId) : undefined;
    if (shown?.phase === 'loading') return true;
    if (!page.visible() && !(isShown && live.reading())) return false;
    return (shown ?? sessions.getState().byId[sessionId])?.activeTurnId != null;
  }

  /** A reply that this page knows of is being written. */
  const isReplying = (sessionId: string): boolean => conversations.of(sessionId)?.activeTurnId != null;

  function postpone(sessionId: string, error?: ClientErrorInfo): void {
    const failures = trials.get(sessionId)?.failures ?? 0;
    const backoff = BACKOFF_MS[failures] ?? BACKOFF_MS.at(-1) ?? 0;
    const asked = error?.retryAfterMs ?? 0;
    trials.set(sessionId, {
      failures: failures + 1,
      notBefore: scheduler.now() + Math.max(backoff, asked),
      isAsked: asked > 0,
    });
  }

  async function transmit(entry: PendingSend): Promise<void> {
    const { turnId, sessionId, assistantId } = entry;
    if (!conversations.of(sessionId)) conversations.put(newConversation(sessionId, assistantId, 'loading'));
    outbox.markSending(turnId);
    const error = await live.send(entry, modelFor(entry));
    if (error && goesOutByItself(error)) postpone(sessionId, error);
    else trials.delete(sessionId);
    if (!error) return;
    if (error.code !== 'turn_in_progress') return outbox.refuse(turnId, error);
    await holdBack(entry, error);
  }

  /** Somebody else's reply is under way: it is read and followed. The words stay where they are. */
  async function holdBack(entry: PendingSend, error: ClientErrorInfo): Promise<void> {
    const { turnId, sessionId } = entry;
    if (outbox.isInComposer(entry)) outbox.takeBack(turnId);
    else outbox.refuse(turnId, error);
    patchSession(context, sessionId, { activeTurnId: error.activeTurnId ?? null });
    await history.load(sessionId);
  }

  /**
   * New words wait until another tab has sent its own; what has waited already is left to the tab that is at it. Under
   * the lock the storage is read again: another tab may have sent it in the meantime.
   */
  async function deliver({ turnId, sessionId }: PendingSend, isNew: boolean): Promise<void> {
    if (busy.has(sessionId)) return;
    busy.add(sessionId);
    const attempt = async () => {
      if (!isNew) await preferences.persist.rehydrate();
      const entry = outbox.find(turnId);
      if (entry) await transmit(entry);
    };
    try {
      const isMine = await locks.hold(`confab-send-${sessionId}`, attempt, { ifFree: !isNew });
      if (!isMine) postpone(sessionId);
    } finally {
      busy.delete(sessionId);
    }
    run();
  }

  /** What is to be done with the oldest words of a conversation: how long to wait, ms; null if something must change. */
  function look(sessionId: string): number | null {
    const [first] = queueOf(sessionId);
    if (first?.state !== 'waiting' || busy.has(sessionId)) return null;
    if (isHeld(sessionId)) {
      trials.delete(sessionId);
      met.add(first.turnId);
      return null;
    }
    if (!met.has(first.turnId)) {
      met.add(first.turnId);
      trials.set(sessionId, { failures: 0, notBefore: scheduler.now() + FOREIGN_MS, isAsked: false });
    }
    const wait = (trials.get(sessionId)?.notBefore ?? 0) - scheduler.now();
    if (wait <= 0) void deliver(first, false);
    return wait > 0 ? wait : null;
  }

  function run(): void {
    cancel?.();
    cancel = null;
    if (!running) return;
    const waiting = new Set(outbox.of().map(({ sessionId }) => sessionId));
    const waits = [...waiting].map(look).filter((wait) => wait !== null);
    if (waits.length > 0) cancel = scheduler.after(Math.min(...waits), run);
  }

  return {
    send(unsent) {
      const { turnId, sessionId } = unsent;
      met.add(turnId);
      const isFirst = queueOf(sessionId).length === 0 && !busy.has(sessionId);
      const canGo = isFirst && !isReplying(sessionId);
      const entry: PendingSend = { ...unsent, state: canGo ? 'sending' : 'waiting' };
      outbox.add(entry);
      if (canGo) void deliver(entry, true);
      else run();
    },
    hurry(sessionId) {
      trials.delete(sessionId);
      for (const { turnId } of outbox.of(sessionId)) met.add(turnId);
      run();
    },
    wake() {
      for (const [sessionId, { isAsked }] of trials) if (!isAsked) trials.delete(sessionId);
      run();
    },
    start() {
      running = true;
      // What is left over from an earlier page is nobody else's.
      for (const { turnId } of outbox.of()) {
        met.add(turnId);
        outbox.wait(turnId);
      }
      stops = [preferences, conversations, sessions].map((store) => store.subscribe(run));
      run();
    },
    stop() {
      running = false;
      cancel?.();
      for (const stop of stops) stop();
    },
  };
}
