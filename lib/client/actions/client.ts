import { v7 } from 'uuid';
import { createTabChannel } from '../browser/browser-tabs';
import { browserLocks } from '../browser/locks';
import { browserPage } from '../browser/page-state';
import { browserScheduler } from '../browser/scheduler';
import { writeCookie } from '../browser/write-cookie';
import { createApi } from '../http/api';
import { createCatalogStore } from '../state/catalog-store';
import type { ClientContext } from '../state/context';
import { createConversationStore } from '../state/conversation-store';
import { createPreferencesStore } from '../state/preferences-store';
import { createSessionStore } from '../state/session-store';
import { createUploadStore } from '../state/upload-store';
import { createTabFollower } from '../sync/follow-browser-tabs';
import { createLiveConnection } from '../sync/live-connection';
import { createHistoryLoader } from '../sync/load-history';
import { createOutbox } from '../sync/outbox';
import { createOutboxPump } from '../sync/outbox-pump';
import { createSessionPoll } from '../sync/session-poll';
import { createActions } from './create-actions';
import { createStart } from './start';

/** Wires the parts together. Nothing runs and nothing is read before `start`. */
export function createClient(context: ClientContext) {
  const outbox = createOutbox(context);
  const history = createHistoryLoader(context, outbox);
  const live = createLiveConnection(context, outbox, history);
  const pump = createOutboxPump(context, live, outbox, history);
  const actions = createActions(context, { live, history, outbox, pump });
  const poll = createSessionPoll(context, { live, history, actions });
  const follower = createTabFollower(context, history, actions);
  return { ...context, actions, start: createStart(context, { live, poll, pump, follower, actions }) };
}

export type Client = ReturnType<typeof createClient>;

/** The one of this page. On the server it is only ever read, for what a page looks like before anything is known. */
export const client: Client = createClient({
  api: createApi({ scheduler: browserScheduler }),
  scheduler: browserScheduler,
  page: browserPage,
  locks: browserLocks,
  tabs: createTabChannel(),
  preferences: createPreferencesStore(),
  conversations: createConversationStore(),
  sessions: createSessionStore(),
  catalog: createCatalogStore(),
  uploads: createUploadStore(),
  // Not before the first image.
  prepareImage: async (file) => (await import('../browser/images/prepare-image')).prepareImage(file),
  newId: () => v7(),
  writeCookie,
});
