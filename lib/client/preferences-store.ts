import { type PersistStorage, persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences';
import { mergePreferences, readPreferences } from './read-preferences';

/** The part of `Storage` that is used. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const PREFERENCES_KEY = 'confab';
const VERSION = 1;

export type PreferencesStore = ReturnType<typeof createPreferencesStore>;

/**
 * Preferences in memory, mirrored to storage. Nothing is read until `persist.rehydrate()`: the page is rendered by
 * the server, which has no storage, and the first paint of the browser must be the same.
 * Storage that is missing, blocked, full or corrupt costs the memory of choices, never the page.
 */
export function createPreferencesStore(storage: () => KeyValueStorage = () => localStorage) {
  return createStore<Preferences>()(
    persist(() => DEFAULT_PREFERENCES, {
      name: PREFERENCES_KEY,
      version: VERSION,
      skipHydration: true,
      storage: tolerantStorage(storage),
      // Reading goes field by field, so that every form, older or newer, is read for what it has.
      migrate: readPreferences,
      merge: mergePreferences,
    }),
  );
}

function tolerantStorage(storage: () => KeyValueStorage): PersistStorage<Preferences> {
  // A write before the first read would replace what is stored by the defaults.
  let wasRead = false;
  return {
    getItem(name) {
      wasRead = true;
      const stored: unknown = attempt(() => JSON.parse(storage().getItem(name) ?? 'null'));
      const isEnvelope = typeof stored === 'object' && stored !== null && 'state' in stored;
      if (!isEnvelope) return null;
      const version = 'version' in stored && typeof stored.version === 'number' ? stored.version : VERSION;
      return { state: readPreferences(stored.state), version };
    },
    setItem(name, value) {
      if (wasRead) attempt(() => storage().setItem(name, JSON.stringify(value)));
    },
    removeItem(name) {
      attempt(() => storage().removeItem(name));
    },
  };
}

/** Storage throws when it is blocked (SecurityError), full (QuotaExceededError) or holds no JSON: then there is none. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
