import type { ClientContext } from '../state/context';
import { draftKey } from '../state/draft';
import { withEntry, withoutEntry } from '../state/preferences';
import type { Actions } from './actions';

type PreferenceActions = Pick<
  Actions,
  'chooseModel' | 'setDraft' | 'setTheme' | 'setLanguage' | 'setSingleKeys'
>;

/** Theme and language are told to the server too, which renders the first paint. */
export function createPreferenceActions({ preferences, writeCookie }: ClientContext): PreferenceActions {
  return {
    chooseModel: (assistantId, modelId) =>
      preferences.setState(({ models }) => ({
        models:
          modelId === null ? withoutEntry(models, assistantId) : withEntry(models, assistantId, modelId),
      })),
    setDraft: (assistantId, text) =>
      preferences.setState((known) => {
        const key = draftKey(known, assistantId);
        return { drafts: text === '' ? withoutEntry(known.drafts, key) : withEntry(known.drafts, key, text) };
      }),
    setTheme(theme) {
      preferences.setState({ theme });
      writeCookie('confab_theme', theme === 'system' ? '' : theme);
    },
    setLanguage(language) {
      preferences.setState({ language });
      writeCookie('confab_lang', language ?? '');
    },
    setSingleKeys: (singleKeys) => preferences.setState({ singleKeys }),
  };
}
