import { type ClientContext, shownSession } from '../state/context';
import { PREFERENCES_KEY } from '../state/preferences-storage';
import { watch } from '../state/watch';
import type { TabFollower } from '../sync/follow-browser-tabs';
import type { LiveConnection } from '../sync/live-connection';
import { markSeen } from '../sync/mark-seen';
import type { OutboxPump } from '../sync/outbox-pump';
import type { SessionPoll } from '../sync/session-poll';
import type { Actions } from './create-actions';

interface Parts {
  live: LiveConnection;
  poll: SessionPoll;
  pump: OutboxPump;
  follower: TabFollower;
  actions: Actions;
}

/**
 * Brings the page to life and returns what puts it to rest. What runs in the background follows from what the stores
 * say: a new live turn on screen is followed, a reply that ended is seen, the list of sessions is asked anew.
 */
export const createStart =
  (context: ClientContext, { live, poll, pump, follower, actions }: Parts) =>
  (assistantIds: readonly string[]): (() => void) => {
    const { preferences, conversations, sessions, catalog, page, tabs } = context;
    if (!preferences.persist.hasHydrated()) void preferences.persist.rehydrate();

    const shownTurn = () => {
      const sessionId = shownSession(context);
      const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
      return `${sessionId} ${turnId}`;
    };
    const isWell = () => {
      const { phase, value } = catalog.getState().health;
      return phase === 'ready' && value?.status === 'ok';
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
        follower.wake();
        poll.soon();
        pump.wake();
      }),
      page.onNetwork(() => {
        live.reconnect();
        pump.wake();
      }),
      watch([catalog], isWell, () => isWell() && pump.wake()),
      tabs.onMessage(follower.hear),
      page.onForeignWrite(PREFERENCES_KEY, () => void preferences.persist.rehydrate()),
    ];
    poll.start();
    pump.start();
    void actions.refreshModels();
    void actions.refreshHealth();
    const { activeAssistantId } = preferences.getState();
    const first = assistantIds.find((id) => id === activeAssistantId) ?? assistantIds[0];
    if (first !== undefined) void actions.openAssistant(first);

    return () => {
      for (const stop of stops) stop();
      poll.stop();
      pump.stop();
      live.close();
    };
  };
