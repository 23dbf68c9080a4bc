import { createBrowserTabs } from '../browser/browser-tabs';
import { browserLocks } from '../browser/locks';
import { newId } from '../browser/new-id';
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
import { createAssistantSessions } from '../sync/assistant-sessions';
import { createBrowserTabFollower } from '../sync/browser-tab-follower';
import { createLiveConnection } from '../sync/live-connection';
import { createCatalogLoader } from '../sync/load-catalog';
import { createHistoryLoader } from '../sync/load-history';
import { createOutbox } from '../sync/outbox';
import { createOutboxSender } from '../sync/outbox-sender';
import { createSessionPoll } from '../sync/session-poll';
import { createActions } from './create-actions';
import { createStart } from './start';

/** Wires the parts together. Nothing runs and nothing is read before `start`. */
export function createClient(context: ClientContext) {
  const outbox = createOutbox(context);
  const history = createHistoryLoader(context, outbox);
  const live = createLiveConnection(context, outbox, history);
  const sender = createOutboxSender(context, live, outbox, history);
  const assistantSessions = createAssistantSessions(context, live, history);
  const catalogLoader = createCatalogLoader(context);
  const poll = createSessionPoll(context, { live, history, catalogLoader });
  const follower = createBrowserTabFollower(context, history, assistantSessions);
  const actions = createActions(context, { outbox, history, live, sender, assistantSessions, catalogLoader });
  return { ...context, actions, start: createStart(context, { live, poll, sender, follower, actions }) };
}

export type Client = ReturnType<typeof createClient>;

const sessions = createSessionStore();

/** The client of this page. The server only reads it, to render the first paint. */
export const client: Client = createClient({
  api: createApi({ scheduler: browserScheduler }),
  scheduler: browserScheduler,
  page: browserPage,
  locks: browserLocks,
  browserTabs: createBrowserTabs(),
  preferences: createPreferencesStore(undefined, (storageRefused) => sessions.setState({ storageRefused })),
  conversations: createConversationStore(),
  sessions,
  catalog: createCatalogStore(),
  uploads: createUploadStore(),
  // Loaded with the first image.
  prepareImage: async (file) => (await import('../browser/images/prepare-image')).prepareImage(file),
  newId,
  writeCookie,
});
