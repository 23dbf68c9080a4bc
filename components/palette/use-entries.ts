import { LANGUAGES } from '@/lib/chat/language';
import { chooseModel, openAssistant, openSession, setLanguage, setTheme } from '@/lib/client/actions';
import {
  useActiveAssistant,
  useAllSessions,
  useChosenModel,
  useConversation,
  useModels,
  useTheme,
} from '@/lib/client/hooks';
import { THEMES } from '@/lib/client/state/preferences';
import { SHORTCUTS } from '../shortcuts/shortcuts';
import type { Commands } from '../shortcuts/use-shortcuts';
import type { IconName } from '../ui/icon';
import { useAssistants } from '../use-assistants';
import { useLanguage, useStrings } from '../use-strings';
import type { Entry } from './entry';

const ICONS: Partial<Record<keyof Commands, IconName>> = {
  newConversation: 'compose',
  compose: 'rename',
  find: 'search',
  stop: 'stop',
  copyReply: 'copy',
};
/** What takes the focus itself, or leaves it where it was. */
const STAYS = new Set<string>(['copyReply', 'find', 'sheet']);
/** To be found under both names, whatever the page's language is. */
const ALSO: Record<string, string> = { en: 'English', zh: 'Chinese 中文' };

/** All that the palette offers now, in the order in which it is shown without a query. */
export function useEntries(commands: Commands): Entry[] {
  const strings = useStrings();
  const assistants = useAssistants();
  const active = useActiveAssistant() ?? '';
  const { sessionId } = useConversation(active);
  const { models } = useModels();
  const model = useChosenModel(active);
  const theme = useTheme();
  const language = useLanguage();
  const sessions = useAllSessions();

  const actions = SHORTCUTS.flatMap(({ id, chords: [chord] }): Entry[] => {
    const run = commands[id];
    if (!run || id === 'palette') return [];
    const focus = STAYS.has(id) ? undefined : 'composer';
    return [
      {
        ...{ id, group: 'actions', icon: ICONS[id] ?? 'chevron-right', chord, run, focus },
        label: id === 'sheet' ? strings.shortcuts.title : strings.shortcuts.commands[id],
      },
    ];
  });
  return [
    ...actions,
    ...assistants.map(
      ({ id, icon, name, description }): Entry => ({
        ...{ id, group: 'assistants', icon, label: name, detail: description, chosen: id === active },
        run: () => void openAssistant(id),
        focus: 'composer',
      }),
    ),
    ...sessions.flatMap((session): Entry[] => {
      const owner = assistants.find(({ id }) => id === session.assistantId);
      if (!owner) return [];
      return [
        {
          ...{ id: session.id, group: 'sessions', icon: owner.icon, detail: owner.name },
          label: session.title || strings.header.untitled,
          chosen: session.id === sessionId,
          run: () => void openSession(owner.id, session.id),
          focus: 'composer',
        },
      ];
    }),
    ...models.map(
      ({ id, name, provider }): Entry => ({
        ...{ id, group: 'models', icon: 'spark', label: name, detail: provider, chosen: id === model },
        run: () => chooseModel(active, id),
      }),
    ),
    ...THEMES.map(
      (value): Entry => ({
        ...{ id: value, group: 'themes', label: strings.rail.themes[value], detail: strings.rail.theme },
        icon: ({ system: 'system', light: 'sun', dark: 'moon' } as const)[value],
        chosen: value === theme,
        run: () => setTheme(value),
      }),
    ),
    ...LANGUAGES.map(
      (value): Entry => ({
        ...{ id: value, group: 'languages', icon: 'book', also: ALSO[value] },
        ...{ label: strings.rail.languages[value], detail: strings.rail.language },
        chosen: value === language,
        run: () => setLanguage(value),
      }),
    ),
  ];
}
