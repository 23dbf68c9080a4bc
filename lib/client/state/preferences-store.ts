import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences';
import { createPreferencesStorage, type KeyValueStorage, PREFERENCES_KEY } from './preferences-storage';
import { mergePreferences, readPreferences } from './read-preferences';

const VERSION = 2;

export type PreferencesStore = ReturnType<typeof createPreferencesStore>;

/**
 * Preferences in memory, mirrored to storage. Storage is first read by `persist.rehydrate()`, after
 * hydration: the server renders the page without it, and the browser's first render must be the same. `onRefused`: see
 * `createPreferencesStorage`.
 */
export function createPreferencesStore(
  storage: () => KeyValueStorage = () => localStorage,
  onRefused: (isRefused: boolean) => void = () => undefined,
) {
  return createStore<Preferences>()(
    persist(() => DEFAULT_PREFERENCES, {
      name: PREFERENCES_KEY,
      version: VERSION,
      skipHydration: true,
      storage: createPreferencesStorage(storage, VERSION, onRefused),
      // Fields are read one by one, so a value of any version gives what it has.
      migrate: (stored) => readPreferences(stored),
      merge: mergePreferences,
    }),
  );
}
