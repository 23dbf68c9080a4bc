import type { Language } from '@/lib/chat/language';
import type { ClientContext } from '../state/context';
import type { Theme } from '../state/preferences';
import { withEntry, withoutEntry } from '../state/recent-map';

export function createPreferenceActions({ preferences, writeCookie }: ClientContext) {
  return {
    /** Chooses the model of an assistant; null: the server's default. */
    chooseModel(assistantId: string, modelId: string | null): void {
      preferences.setState(({ models }) => ({
        models:
          modelId === null ? withoutEntry(models, assistantId) : withEntry(models, assistantId, modelId),
      }));
    },
    /** Also writes a cookie: the server renders the first paint in this theme. */
    setTheme(theme: Theme): void {
      preferences.setState({ theme });
      writeCookie('confab_theme', theme === 'system' ? '' : theme);
    },
    /** null: by the browser's languages. Also writes a cookie, for the first paint of the server. */
    setLanguage(language: Language | null): void {
      preferences.setState({ language });
      writeCookie('confab_lang', language ?? '');
    },
    /** Turns shortcuts of a single character on or off. */
    setSingleKeys(singleKeys: boolean): void {
      preferences.setState({ singleKeys });
    },
  };
}
