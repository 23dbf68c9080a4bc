import { v7 } from 'uuid';
import { type Client, createClient } from '../actions/client';
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
import type { ContractServer } from './contract-server';
import { createManualScheduler, type ManualScheduler } from './manual-scheduler';

export interface Page {
  client: Client;
  scheduler: ManualScheduler;
  /** What stays when the page is closed, and what its other tabs share. */
  browser: Browser;
  /** Whether somebody looks at the page. */
  look: { visible: boolean };
  /** Resolves when it holds, whenever a store changes. */
  until(holds: () => boolean): Promise<void>;
  /** The shown conversation's replies, oldest first. */
  replies(): string[];
  wake(): void;
  /** The browser says that the network is back. */
  network(): void;
  close(): void;
}

/** Without a browser there is no XMLHttpRequest. */
const postBytes: SendBytes = (url, body, { signal }) => fetch(url, { method: 'POST', body, signal });

export const ASSISTANTS = ['assistant', 'teacher', 'programmer'];

/** A page of the browser, without the browser: the real parts over a real connection. */
export function aPage(
  server: ContractServer,
  browser = aBrowser(),
  scheduler = createManualScheduler({ eager: 50 }),
  prepare: (file: Blob) => Promise<Blob> = async (file) => file,
): Page {
  const wakers = new Set<() => void>();
  const networkers = new Set<() => void>();
  const tab = browser.tab();
  const look = { visible: true };
  const pageState: PageState = {
    visible: () => look.visible,
    onWake(run) {
      wakers.add(run);
      return () => void wakers.delete(run);
    },
    onNetwork(run) {
      networkers.add(run);
      return () => void networkers.delete(run);
    },
    onForeignWrite: tab.onForeignWrite,
  };
  const client = createClient({
    api: createApi({ scheduler, baseUrl: server.baseUrl, online: () => true, upload: postBytes }),
    scheduler,
    page: pageState,
    locks: browser.locks,
    tabs: tab.tabs,
    preferences: createPreferencesStore(() => tab.storage),
    conversations: createConversationStore(),
    sessions: createSessionStore(),
    catalog: createCatalogStore(),
    uploads: createUploadStore(),
    prepareImage: prepare,
    newId: () => v7(),
    writeCookie: () => undefined,
  });
  const stores = [client.preferences, client.conversations, client.sessions, client.catalog, client.uploads];
  const shown = () => client.conversations.of(shownSession(client) ?? '');

  return {
    client,
    scheduler,
    browser,
    look,
    until: (holds) =>
      new Promise((resolve) => {
        const check = () => {
          if (!holds()) return;
          for (const stop of stops) stop();
          resolve();
        };
        const stops = stores.map((store) => store.subscribe(check));
        check();
      }),
    replies: () => shown()?.turnIds.map((id) => shown()?.turns[id]?.reply.content ?? '') ?? [],
    wake: () => {
      for (const run of wakers) run();
    },
    network: () => {
      for (const run of networkers) run();
    },
    close: client.start(ASSISTANTS),
  };
}
