import { type Client, createClient } from '../actions/client';
import { newId } from '../browser/new-id';
import type { PageState } from '../browser/page-state';
import type { SendBytes } from '../browser/send-bytes';
import { createApi } from '../http/api';
import { createCatalogStore } from '../state/catalog-store';
import { shownSession } from '../state/context';
import { createConversationStore } from '../state/conversation-store';
import { createPreferencesStore } from '../state/preferences-store';
import { createSessionStore } from '../state/session-store';
import { createUploadStore } from '../state/upload-store';
import { aBrowser, type Browser } from './a-browser';
import { createManualScheduler, type ManualScheduler } from './manual-scheduler';
import type { TestServer } from './test-server';

export interface Page {
  client: Client;
  scheduler: ManualScheduler;
  /** Shared with the other browser tabs. Its storage outlives the page. */
  browser: Browser;
  /** Whether the page is visible. */
  visibility: { isVisible: boolean };
  /** Resolves once the condition is true, checked whenever a store changes. */
  until(condition: () => boolean): Promise<void>;
  /** The replies on screen, oldest first. */
  replies(): string[];
  /** The page becomes visible again. */
  resume(): void;
  /** The network returns. */
  online(): void;
  close(): void;
}

/** Node has no XMLHttpRequest. */
const postBytes: SendBytes = (url, body, { signal }) => fetch(url, { method: 'POST', body, signal });

export const ASSISTANTS = ['assistant', 'teacher', 'programmer'];

/** The whole client of one page, over a real connection, without a browser. */
export function aPage(
  server: TestServer,
  browser = aBrowser(),
  scheduler = createManualScheduler({ eager: 50 }),
  prepare: (file: Blob) => Promise<Blob> = async (file) => file,
): Page {
  const resumeListeners = new Set<() => void>();
  const onlineListeners = new Set<() => void>();
  const tab = browser.tab();
  const visibility = { isVisible: true };
  const pageState: PageState = {
    isVisible: () => visibility.isVisible,
    keepsCookies: () => browser.keepsCookies,
    onResume(run) {
      resumeListeners.add(run);
      return () => void resumeListeners.delete(run);
    },
    onOnline(run) {
      onlineListeners.add(run);
      return () => void onlineListeners.delete(run);
    },
    onStorageWrite: tab.onStorageWrite,
  };
  const sessions = createSessionStore();
  const client = createClient({
    api: createApi({ scheduler, baseUrl: server.baseUrl, online: () => true, upload: postBytes }),
    scheduler,
    page: pageState,
    locks: browser.locks,
    browserTabs: tab.browserTabs,
    preferences: createPreferencesStore(
      () => tab.storage,
      (storageRefused) => sessions.setState({ storageRefused }),
    ),
    conversations: createConversationStore(),
    sessions,
    catalog: createCatalogStore(),
    uploads: createUploadStore(),
    prepareImage: prepare,
    newId,
    writeCookie: () => undefined,
  });
  const stores = [client.preferences, client.conversations, client.sessions, client.catalog, client.uploads];
  const shown = () => client.conversations.of(shownSession(client) ?? '');

  return {
    client,
    scheduler,
    browser,
    visibility,
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition()) return;
          for (const stop of stops) stop();
          resolve();
        };
        const stops = stores.map((store) => store.subscribe(check));
        check();
      }),
    replies: () => shown()?.turnIds.map((id) => shown()?.turns[id]?.reply.content ?? '') ?? [],
    resume: () => {
      for (const run of resumeListeners) run();
    },
    online: () => {
      for (const run of onlineListeners) run();
    },
    close: client.start(ASSISTANTS),
  };
}
