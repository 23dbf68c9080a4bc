import { v7 } from 'uuid';
import { createApi } from '../api';
import { createCatalogStore } from '../catalog-store';
import { type Client, createClient } from '../client';
import { shownSession } from '../context';
import { createConversationStore } from '../conversation-store';
import type { PageState } from '../page-state';
import { createPreferencesStore, type KeyValueStorage } from '../preferences-store';
import { createSessionStore } from '../session-store';
import type { ContractServer } from './contract-server';
import { createManualScheduler, type ManualScheduler } from './manual-scheduler';

/** What localStorage is, without a browser. */
export function memoryStorage(
  entries: Record<string, string> = {},
): KeyValueStorage & { text(): string | null } {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    text: () => map.get('confab') ?? null,
  };
}

export interface Page {
  client: Client;
  scheduler: ManualScheduler;
  storage: ReturnType<typeof memoryStorage>;
  /** Whether somebody looks at the page. */
  look: { visible: boolean };
  /** Resolves when it holds, whenever a store changes. */
  until(holds: () => boolean): Promise<void>;
  /** The shown conversation's replies, oldest first. */
  replies(): string[];
  wake(): void;
  close(): void;
}

export const ASSISTANTS = ['assistant', 'teacher', 'programmer'];

/** A page of the browser, without the browser: the real parts over a real connection. */
export function aPage(
  server: ContractServer,
  storage = memoryStorage(),
  scheduler = createManualScheduler({ eager: 50 }),
): Page {
  const wakers = new Set<() => void>();
  const look = { visible: true };
  const pageState: PageState = {
    visible: () => look.visible,
    onWake(run) {
      wakers.add(run);
      return () => void wakers.delete(run);
    },
    onForeignWrite: () => () => undefined,
  };
  const client = createClient({
    api: createApi({ scheduler, baseUrl: server.baseUrl, online: () => true }),
    scheduler,
    page: pageState,
    preferences: createPreferencesStore(() => storage),
    conversations: createConversationStore(),
    sessions: createSessionStore(),
    catalog: createCatalogStore(),
    newId: () => v7(),
    writeCookie: () => undefined,
  });
  const stores = [client.preferences, client.conversations, client.sessions, client.catalog];
  const shown = () => client.conversations.of(shownSession(client) ?? '');

  return {
    client,
    scheduler,
    storage,
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
    close: client.start(ASSISTANTS),
  };
}
