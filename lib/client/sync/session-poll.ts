import type { Cancel } from '../browser/scheduler';
import { ApiError } from '../http/client-error';
import { type ClientContext, shownSession } from '../state/context';
import type { LiveConnection } from './live-connection';
import type { CatalogLoader } from './load-catalog';
import type { HistoryLoader } from './load-history';
import { noteSessions, patchSession } from './note-sessions';

export interface SessionPoll {
  /** Asks now, or, if an answer is under way, once more after it. */
  soon(): void;
  start(): void;
  stop(): void;
}

/** While a reply that is not on screen is written, ms; also while the server is not well. */
const BUSY_MS = 3000;
const QUIET_MS = 30_000;
const SESSIONS = 50;

interface Parts {
  live: LiveConnection;
  history: HistoryLoader;
  catalogLoader: CatalogLoader;
}

/**
 * The light poll of the session list: it tells the state of the assistants that are not on screen, and notices what
 * happened to the one on screen behind our back. Never while nobody looks.
 */
export function createSessionPoll(
  context: ClientContext,
  { live, history, catalogLoader }: Parts,
): SessionPoll {
  const { api, scheduler, page, sessions, conversations, catalog } = context;
  let cancel: Cancel | null = null;
  let underWay = false;
  let again = false;
  let running = false;
  let planned = 0;
  let unsubscribe = () => {};

  async function ask(): Promise<'answered' | 'failed'> {
    try {
      const liveBefore = Object.values(sessions.getState().byId).filter((one) => one.activeTurnId !== null);
      const answer = await api.sessions({ limit: SESSIONS });
      noteSessions(context, answer.sessions);
      // A live session is among the newest. One that is not told any more is gone, and must not reply for ever.
      const told = new Set(answer.sessions.map(({ id }) => id));
      for (const { id } of liveBefore) if (!told.has(id)) patchSession(context, id, { activeTurnId: null });
      return 'answered';
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return 'failed';
    }
  }

  /** What the list says of the conversation on screen is compared with what is shown there. */
  function lookAtShown(): void {
    const sessionId = shownSession(context);
    const shown = sessionId === undefined ? undefined : conversations.of(sessionId);
    if (!shown || shown.phase === 'loading') return;
    const told = sessions.getState().byId[shown.sessionId];
    const hasUnknownHead = told?.headTurnId && !shown.turns[told.headTurnId];
    const isLeftAlone = shown.activeTurnId !== null && !live.reading();
    if (hasUnknownHead || isLeftAlone || shown.error) void reload(shown.sessionId);
  }

  async function reload(sessionId: string): Promise<void> {
    await history.load(sessionId);
    live.settle();
  }

  /** What could not be read, or was not well, is asked again. */
  function lookAtCatalog(outcome: 'answered' | 'failed'): void {
    const { health, models } = catalog.getState();
    const isDoubtful = health.phase === 'failed' || health.value?.status === 'degraded';
    if (outcome === 'failed' || isDoubtful) void catalogLoader.refreshHealth();
    if (outcome === 'answered' && models.phase === 'failed') void catalogLoader.refreshModels();
  }

  function isBusy(): boolean {
    const shown = shownSession(context);
    return Object.values(sessions.getState().byId).some(
      ({ id, activeTurnId }) => activeTurnId !== null && (id !== shown || !live.reading()),
    );
  }

  function interval(outcome: 'answered' | 'failed'): number {
    const isWell = outcome === 'answered' && catalog.getState().health.value?.status !== 'degraded';
    return isBusy() || !isWell ? BUSY_MS : QUIET_MS;
  }

  async function tick(): Promise<void> {
    if (underWay || !page.visible()) {
      again = underWay;
      return;
    }
    cancel?.();
    underWay = true;
    const outcome = await ask();
    underWay = false;
    if (!running) return;
    if (outcome === 'answered') lookAtShown();
    lookAtCatalog(outcome);
    plan(again ? 0 : interval(outcome));
    again = false;
  }

  function plan(ms: number): void {
    cancel?.();
    planned = ms;
    cancel = scheduler.after(ms, () => void tick());
  }

  /** A reply that began to be written off the screen after the last answer does not wait out the quiet interval. */
  function notice(): void {
    if (running && !underWay && planned === QUIET_MS && isBusy()) plan(BUSY_MS);
  }

  return {
    soon: () => void (running && tick()),
    start() {
      running = true;
      unsubscribe = sessions.subscribe(notice);
      void tick();
    },
    stop() {
      running = false;
      unsubscribe();
      cancel?.();
    },
  };
}
