import type { TabChannel, TabMessage } from '../browser/browser-tabs';
import type { Locks } from '../browser/locks';
import type { KeyValueStorage } from '../state/preferences-storage';

export type MemoryStorage = KeyValueStorage & {
  /** All that lies there, for another browser to begin with. */
  entries(): Record<string, string>;
};

/** What localStorage is, without a browser. */
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

/** What one tab has of its browser. */
export interface Tab {
  storage: MemoryStorage;
  tabs: TabChannel;
  onForeignWrite(prefix: string, run: () => void): () => void;
}

/** What the tabs of one browser share: its storage, its locks, and a channel. A tab never hears itself. */
export function aBrowser(entries: Record<string, string> = {}, { hasLocks = true } = {}) {
  const shared = memoryStorage(entries);
  const writeListeners = new Map<Tab, Set<(name: string) => void>>();
  const messageListeners = new Map<Tab, Set<(message: TabMessage) => void>>();
  const held = new Map<string, Promise<void>>();

  /** Like the browser: later, and not to the one that did it. */
  const tellOthers = <T>(listeners: Map<Tab, Set<(what: T) => void>>, from: Tab, what: T) =>
    queueMicrotask(() => {
      for (const [tab, runs] of listeners)
        if (tab !== from) for (const run of runs) run(structuredClone(what));
    });

  function listen<T>(listeners: Map<Tab, Set<T>>, tab: Tab, run: T): () => void {
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
    entries: shared.entries,
    tab(): Tab {
      const tab: Tab = {
        storage: {
          ...shared,
          get length() {
            return shared.length;
          },
          setItem(key, value) {
            shared.setItem(key, value);
            tellOthers(writeListeners, tab, key);
          },
          removeItem(key) {
            shared.removeItem(key);
            tellOthers(writeListeners, tab, key);
          },
        },
        tabs: {
          tell: (message) => tellOthers(messageListeners, tab, message),
          onMessage: (run) => listen(messageListeners, tab, run),
        },
        onForeignWrite: (prefix, run) =>
          listen(writeListeners, tab, (name: string) => {
            if (name.startsWith(prefix)) run();
          }),
      };
      return tab;
    },
  };
}

export type Browser = ReturnType<typeof aBrowser>;
