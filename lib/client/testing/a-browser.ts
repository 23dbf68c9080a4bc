import type { BrowserTabMessage, BrowserTabs } from '../browser/browser-tabs';
import type { Locks } from '../browser/locks';
import type { KeyValueStorage } from '../state/preferences-storage';

export type MemoryStorage = KeyValueStorage & {
  /** All entries, to start another browser with. */
  entries(): Record<string, string>;
};

/** localStorage without a browser. */
export function memoryStorage(
  entries: Record<string, string> = {},
  onWrite: (name: string) => void = () => undefined,
): MemoryStorage {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem(key, value) {
      map.set(key, value);
      onWrite(key);
    },
    removeItem(key) {
      map.delete(key);
      onWrite(key);
    },
    entries: () => Object.fromEntries(map),
  };
}

/** One browser tab's view of its browser. */
export interface BrowserTab {
  storage: MemoryStorage;
  browserTabs: BrowserTabs;
  onStorageWrite(prefix: string, run: () => void): () => void;
}

/** A browser whose tabs share storage, locks and a channel. A tab does not receive its own events. */
export function aBrowser(
  entries: Record<string, string> = {},
  { hasLocks = true, keepsCookies = true } = {},
) {
  const shared = memoryStorage(entries);
  const writeListeners = new Map<BrowserTab, Set<(name: string) => void>>();
  const messageListeners = new Map<BrowserTab, Set<(message: BrowserTabMessage) => void>>();
  const held = new Map<string, Promise<void>>();

  /** Delivers asynchronously, as a browser does. */
  const notifyOthers = <T>(listeners: Map<BrowserTab, Set<(event: T) => void>>, from: BrowserTab, event: T) =>
    queueMicrotask(() => {
      for (const [tab, runs] of listeners)
        if (tab !== from) for (const run of runs) run(structuredClone(event));
    });

  function listen<T>(listeners: Map<BrowserTab, Set<T>>, tab: BrowserTab, run: T): () => void {
    const runs = listeners.get(tab) ?? new Set<T>();
    listeners.set(tab, runs.add(run));
    return () => void runs.delete(run);
  }

  const locks: Locks = {
    async hold(name, run, { ifFree }) {
      const before = hasLocks ? held.get(name) : undefined;
      if (before && ifFree) return false;
      const running = Promise.resolve(before).then(run);
      const free = running
        .catch(() => undefined)
        .then(() => {
          if (held.get(name) === free) held.delete(name);
        });
      held.set(name, free);
      await running;
      return true;
    },
  };

  return {
    locks,
    keepsCookies,
    entries: shared.entries,
    tab(): BrowserTab {
      const tab: BrowserTab = {
        storage: {
          ...shared,
          get length() {
            return shared.length;
          },
          setItem(key, value) {
            shared.setItem(key, value);
            notifyOthers(writeListeners, tab, key);
          },
          removeItem(key) {
            shared.removeItem(key);
            notifyOthers(writeListeners, tab, key);
          },
        },
        browserTabs: {
          post: (message) => notifyOthers(messageListeners, tab, message),
          onMessage: (run) => listen(messageListeners, tab, run),
        },
        onStorageWrite: (prefix, run) =>
          listen(writeListeners, tab, (name: string) => {
            if (name.startsWith(prefix)) run();
          }),
      };
      return tab;
    },
  };
}

export type Browser = ReturnType<typeof aBrowser>;
