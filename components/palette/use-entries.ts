import { LANGUAGE_ROWS, LANGUAGES } from '@/lib/chat/language';
import { providerOf } from '@/lib/chat/model-info';
import { chooseModel, openAssistant, openSession, setLanguage, setTheme } from '@/lib/client/actions';
import { useActiveAssistant, useChosenModel, useConversation, useModels, useTheme } from '@/lib/client/hooks';
import { useAllSessions } from '@/lib/client/hooks/session-list-hooks';
import { THEMES } from '@/lib/client/state/preferences';
import { SHORTCUTS } from '../shortcuts/shortcuts';
import type { Commands } from '../shortcuts/use-shortcuts';
import type { IconName } from '../ui/icon';
import { useAssistants } from '../use-assistants';
import { useOverlayStrings } from '../use-overlay-strings';
import { useLanguage, useStrings } from '../use-strings';
import type { Entry } from './entry';

const ICONS: Partial<Record<keyof Commands, IconName>> = {
  newConversation: 'compose',
  compose: 'rename',
  find: 'search',
  stop: 'stop',
  copyReply: 'copy',
  copyCode: 'code',
};
/** Commands that move the focus themselves, or leave it where it was. */
const KEEPS_FOCUS = new Set<string>(['copyReply', 'copyCode', 'find', 'sheet']);
/** Everything that the palette offers now, in the order shown without a query. */
export function useEntries(commands: Commands): Entry[] {
  const strings = useStrings();
  const { shortcuts } = useOverlayStrings();
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
    const focus = KEEPS_FOCUS.has(id) ? undefined : 'composer';
    return [
      {
        ...{ id, group: 'actions', icon: ICONS[id] ?? 'chevron-right', chord, run, focus },
        label: id === 'sheet' ? shortcuts.title : shortcuts.commands[id],
      },
    ];
  });
  return [
    ...actions,
    ...assistants.map(
      ({ id, icon, name, description }): Entry => ({
        ...{ id, group: 'assistants', icon, label: name, detail: description, selected: id === active },
        run: () => void openAssistant(id),
        focus: 'composer',
      }),
    ),
    ...sessions.flatMap((session): Entry[] => {
      const assistant = assistants.find(({ id }) => id === session.assistantId);
      if (!assistant) return [];
      return [
        {
          ...{ id: session.id, group: 'sessions', icon: assistant.icon, detail: assistant.name },
          label: session.title || strings.header.untitled,
          selected: session.id === sessionId,
          run: () => void openSession(assistant.id, session.id),
          focus: 'composer',
        },
      ];
    }),
    ...models.map(
      (one): Entry => ({
        ...{
          id: one.id,
          group: 'models',
          icon: 'spark',
          label: one.name,
          detail: providerOf(one),
          selected: one.id === model,
        },
        run: () => chooseModel(active, one.id),
      }),
    ),
    ...THEMES.map(
      (value): Entry => ({
        ...{ id: value, group: 'themes', label: strings.rail.themes[value], detail: strings.rail.theme },
        icon: ({ system: 'system', light: 'sun', dark: 'moon' } as const)[value],
        selected: value === theme,
        run: () => setTheme(value),
      }),
    ),
    ...LANGUAGES.map(
      (value): Entry => ({
        ...{ id: value, group: 'languages', icon: 'book', keywords: LANGUAGE_ROWS[value].keywords },
        ...{ label: LANGUAGE_ROWS[value].name, detail: strings.rail.language },
        selected: value === language,
        run: () => setLanguage(value),
      }),
    ),
  ];
}
