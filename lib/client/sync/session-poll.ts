import type { Cancel } from '../browser/scheduler';
import { ApiError } from '../http/client-error';
import { type ClientContext, shownSession } from '../state/context';
import type { LiveConnection } from './live-connection';
import type { CatalogLoader } from './load-catalog';
import type { HistoryLoader } from './load-history';
import { mergeSessions, patchSession } from './session-updates';

export interface SessionPoll {
  /** Polls now, or again after a poll that is under way. */
  pollNow(): void;
  start(): void;
  stop(): void;
}

/** The interval while a reply runs off screen or the server has a problem, ms. */
const BUSY_MS = 3000;
const QUIET_MS = 30_000;
const SESSIONS = 50;

interface Parts {
  live: LiveConnection;
  history: HistoryLoader;
  catalogLoader: CatalogLoader;
}

type Outcome = 'answered' | 'failed';

/**
 * Polls the list of sessions while the page is visible: for the state of assistants that are not on screen,
 * and for changes that another browser made to the conversation on screen.
 */
export function createSessionPoll(
  context: ClientContext,
  { live, history, catalogLoader }: Parts,
): SessionPoll {
  const { api, scheduler, page, sessions, conversations, catalog } = context;
  let cancel: Cancel | null = null;
  let isPolling = false;
  let needsAnotherPoll = false;
  let isRunning = false;
  let interval = 0;
  let unsubscribe = () => {};

  async function fetchSessions(): Promise<Outcome> {
    try {
      const liveBefore = Object.values(sessions.getState().byId).filter(
        ({ activeTurnId }) => activeTurnId !== null,
      );
      const answer = await api.sessions({ limit: SESSIONS });
      mergeSessions(context, answer.sessions);
      sessions.setState({
        cookieMissing: answer.cookieMissing === true,
        joinable: answer.joinable ?? 0,
        refusal: null,
      });
      // A session with a live reply is among the newest. If it is missing it was deleted, and must not stay
      // `replying`.
      const received = new Set(answer.sessions.map(({ id }) => id));
      for (const { id } of liveBefore) {
        if (!received.has(id)) patchSession(context, id, { activeTurnId: null });
      }
      return 'answered';
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'unauthorized') sessions.setState({ refusal: error.info });
      return 'failed';
    }
  }

  /** Reads the conversation on screen again if the list shows that it is out of date. */
  function checkShown(): void {
    const sessionId = shownSession(context);
    const shown = sessionId === undefined ? undefined : conversations.of(sessionId);
    if (!shown || shown.phase === 'loading') return;
    const session = sessions.getState().byId[shown.sessionId];
    const lacksHead = session?.headTurnId && !shown.turns[session.headTurnId];
    const isNotFollowed = shown.activeTurnId !== null && !live.isReading();
    if (lacksHead || isNotFollowed || shown.error) void reload(shown.sessionId);
  }

  async function reload(sessionId: string): Promise<void> {
    await history.load(sessionId);
    live.followShown();
  }

  function checkCatalog(outcome: Outcome): void {
    const { health, models } = catalog.getState();
    const isUnhealthy = health.phase === 'failed' || health.value?.status === 'degraded';
    if (outcome === 'failed' || isUnhealthy) void catalogLoader.refreshHealth();
    if (outcome === 'answered' && models.phase === 'failed') void catalogLoader.refreshModels();
  }

  /** True while a reply runs that this page does not read. */
  function isBusy(): boolean {
    const shown = shownSession(context);
    return Object.values(sessions.getState().byId).some(
      ({ id, activeTurnId }) => activeTurnId !== null && (id !== shown || !live.isReading()),
    );
  }

  function intervalAfter(outcome: Outcome): number {
    const isHealthy = outcome === 'answered' && catalog.getState().health.value?.status !== 'degraded';
    return isBusy() || !isHealthy ? BUSY_MS : QUIET_MS;
  }

  async function poll(): Promise<void> {
    if (isPolling || !page.isVisible()) {
      needsAnotherPoll = isPolling;
      return;
    }
    cancel?.();
    isPolling = true;
    const outcome = await fetchSessions();
    isPolling = false;
    if (!isRunning) return;
    if (outcome === 'answered') checkShown();
    checkCatalog(outcome);
    schedule(needsAnotherPoll ? 0 : intervalAfter(outcome));
    needsAnotherPoll = false;
  }

  function schedule(ms: number): void {
    cancel?.();
    interval = ms;
    cancel = scheduler.after(ms, () => void poll());
  }

  /** Shortens the quiet interval when a reply starts off screen. */
  function shortenInterval(): void {
    if (isRunning && !isPolling && interval === QUIET_MS && isBusy()) schedule(BUSY_MS);
  }

  return {
    pollNow: () => void (isRunning && poll()),
    start() {
      isRunning = true;
      unsubscribe = sessions.subscribe(shortenInterval);
      void poll();
    },
    stop() {
      isRunning = false;
      unsubscribe();
      cancel?.();
    },
  };
}
