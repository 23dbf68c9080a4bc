import { v7 } from 'uuid';
import { createActions } from './actions/create-actions';
import { createApi } from './api';
import { createCatalogStore } from './catalog-store';
import type { ClientContext } from './context';
import { createConversationStore } from './conversation-store';
import { createUploadStore } from './images/upload-store';
import { createLiveConnection } from './live-connection';
import { createHistoryLoader } from './load-history';
import { browserLocks } from './locks';
import { createOutbox } from './outbox';
import { createOutboxPump } from './outbox-pump';
import { browserPage } from './page-state';
import { createPreferencesStore } from './preferences-store';
import { browserScheduler } from './scheduler';
import { createSessionPoll } from './session-poll';
import { createSessionStore } from './session-store';
import { createStart } from './start';
import { createTabChannel } from './tab-channel';
import { createTabFollower } from './tab-follower';
import { writeCookie } from './write-cookie';

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
  prepareImage: async (file) => (await import('./images/prepare-image')).prepareImage(file),
  newId: () => v7(),
  writeCookie,
});
