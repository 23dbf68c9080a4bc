import type { Actions } from './actions/actions';
import { type ClientContext, shownSession } from './context';
import type { LiveConnection } from './live-connection';
import { markSeen } from './mark-seen';
import { PREFERENCES_KEY } from './preferences-store';
import type { SessionPoll } from './session-poll';
import { watch } from './watch';

/**
 * Brings the page to life and returns what puts it to rest. What runs in the background follows from what the stores
 * say: a new live turn on screen is followed, a reply that ended is seen, the list of sessions is asked anew.
 */
export const createStart =
  (context: ClientContext, live: LiveConnection, poll: SessionPoll, actions: Actions) =>
  (assistantIds: readonly string[]): (() => void) => {
    const { preferences, conversations, sessions, page } = context;
    if (!preferences.persist.hasHydrated()) void preferences.persist.rehydrate();

    const shownTurn = () => {
      const sessionId = shownSession(context);
      const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
      return `${sessionId} ${turnId}`;
    };
    const stops = [
      watch([preferences, conversations], shownTurn, () => {
        live.settle();
        poll.soon();
      }),
      conversations.subscribe(() => markSeen(context)),
      sessions.subscribe(() => markSeen(context)),
      page.onWake(() => {
        live.wake();
        markSeen(context);
        poll.soon();
      }),
      page.onForeignWrite(PREFERENCES_KEY, () => void preferences.persist.rehydrate()),
    ];
    poll.start();
    void actions.refreshModels();
    void actions.refreshHealth();
    const { activeAssistantId } = preferences.getState();
    const first = assistantIds.find((id) => id === activeAssistantId) ?? assistantIds[0];
    if (first !== undefined) void actions.openAssistant(first);

    return () => {
      for (const stop of stops) stop();
      poll.stop();
      live.close();
    };
  };
