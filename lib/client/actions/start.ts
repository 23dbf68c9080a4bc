import { type ClientContext, shownSession } from '../state/context';
import { PREFERENCES_KEY } from '../state/preferences-storage';
import { watch } from '../state/watch';
import type { BrowserTabFollower } from '../sync/browser-tab-follower';
import type { LiveConnection } from '../sync/live-connection';
import { markSeen } from '../sync/mark-seen';
import type { OutboxSender } from '../sync/outbox-sender';
import type { SessionPoll } from '../sync/session-poll';
import type { Actions } from './create-actions';

interface Parts {
  live: LiveConnection;
  poll: SessionPoll;
  sender: OutboxSender;
  follower: BrowserTabFollower;
  actions: Actions;
}

/**
 * Starts the client and returns the function that stops it. Background work follows from changes of the
 * stores: a new live turn on screen is followed, a reply that ended on screen is marked as seen, the session
 * list is polled.
 */
export const createStart =
  (context: ClientContext, { live, poll, sender, follower, actions }: Parts) =>
  (assistantIds: readonly string[]): (() => void) => {
    const { preferences, conversations, sessions, catalog, page, browserTabs } = context;
    if (!preferences.persist.hasHydrated()) void preferences.persist.rehydrate();

    const shownTurn = () => {
      const sessionId = shownSession(context);
      const turnId = sessionId === undefined ? null : conversations.of(sessionId)?.activeTurnId;
      return `${sessionId} ${turnId}`;
    };
    const isHealthy = () => {
      const { phase, value } = catalog.getState().health;
      return phase === 'ready' && value?.status === 'ok';
    };
    const sendRest = () => {
      sender.endBackoff();
      void actions.withdrawRest();
    };
    const unsubscribes = [
      watch([preferences, conversations], shownTurn, () => {
        live.followShown();
        poll.pollNow();
      }),
      conversations.subscribe(() => markSeen(context)),
      sessions.subscribe(() => markSeen(context)),
      page.onResume(() => {
        live.resume();
        markSeen(context);
        follower.resume();
        poll.pollNow();
        sendRest();
      }),
      page.onOnline(() => {
        live.reconnect();
        sendRest();
      }),
      watch([catalog], isHealthy, () => isHealthy() && sendRest()),
      browserTabs.onMessage(follower.receive),
      page.onStorageWrite(PREFERENCES_KEY, () => void preferences.persist.rehydrate()),
    ];
    sessions.setState({ cookieMissing: !page.keepsCookies() });
    poll.start();
    sender.start();
    void actions.refreshModels();
    void actions.refreshHealth();
    const { activeAssistantId } = preferences.getState();
    const first = assistantIds.find((id) => id === activeAssistantId) ?? assistantIds[0];
    if (first !== undefined) void actions.openAssistant(first);

    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
      poll.stop();
      sender.stop();
      live.close();
    };
  };
