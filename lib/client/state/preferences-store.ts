import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences';
import { createPreferencesStorage, type KeyValueStorage, PREFERENCES_KEY } from './preferences-storage';
import { mergePreferences, readPreferences } from './read-preferences';

const VERSION = 2;

export type PreferencesStore = ReturnType<typeof createPreferencesStore>;

/**
 * Preferences in memory, mirrored to storage. Nothing is read until `persist.rehydrate()`: the page is rendered by
 * the server, which has no storage, and the first paint of the browser must be the same.
 */
export function createPreferencesStore(storage: () => KeyValueStorage = () => localStorage) {
  return createStore<Preferences>()(
    persist(() => DEFAULT_PREFERENCES, {
      name: PREFERENCES_KEY,
      version: VERSION,
      skipHydration: true,
      storage: createPreferencesStorage(storage, VERSION),
      // Reading goes field by field, so that every form, older or newer, is read for what it has.
      migrate: (stored) => readPreferences(stored),
      merge: mergePreferences,
    }),
  );
}
