import { newConversation, openAssistant, stop } from '@/lib/client/actions';
import { readReplies, useConversation } from '@/lib/client/hooks';
import { focusComposer } from '../composer/composer-focus';
import { openFind } from '../find/find-command';
import { useNotices } from '../notices/notices';
import { panelHasFocus } from '../rail/panel-id';
import { copyText } from '../ui/copy-text';
import { LazyPart } from '../ui/lazy/lazy-part';
import { useLanguage, useStrings } from '../use-strings';
import { useOverlay } from './overlay';
import type { Commands } from './use-shortcuts';

const COPY_CODE = new LazyPart(() => import('./copy-code').then(({ copyCode }) => copyCode));

/** What the commands do for the assistant on screen. `active` is null until the page has hydrated. */
export function useCommands(assistants: readonly { id: string }[], active: string | null): Commands {
  const { show } = useOverlay();
  const { report, showConfirmation } = useNotices();
  const strings = useStrings();
  const language = useLanguage();
  const { activeTurnId, sessionId, isEmpty } = useConversation(active ?? '');
  const index = assistants.findIndex(({ id }) => id === active);

  const step = (by: 1 | -1) => {
    const next = assistants[(index + by + assistants.length) % assistants.length];
    if (!next) return;
    // The focused element in the conversation is about to disappear.
    if (panelHasFocus()) focusComposer();
    void openAssistant(next.id);
  };
  const copyReply = async () => {
    const text = readReplies().at(-1);
    if (text !== undefined)
      showConfirmation(strings.copyButton[(await copyText(text)) ? 'copied' : 'copyFailed']);
  };
  const copyCode = async () => {
    const copy = await COPY_CODE.load();
    showConfirmation((await copy?.(readReplies(), language)) ?? strings.copyButton.copyFailed);
  };

  const startConversation = () => {
    if (active) newConversation(active);
    focusComposer();
  };
  const whenHydrated = (run: () => void) => (active === null ? null : run);

  return {
    palette: whenHydrated(() => show('palette')),
    sheet: whenHydrated(() => show('sheet')),
    nextAssistant: whenHydrated(() => step(1)),
    previousAssistant: whenHydrated(() => step(-1)),
    newConversation: whenHydrated(startConversation),
    compose: whenHydrated(focusComposer),
    find: sessionId !== null && !isEmpty ? openFind : null,
    stop: activeTurnId === null ? null : () => report(stop()),
    copyReply: whenHydrated(() => void copyReply()),
    copyCode: whenHydrated(() => void copyCode()),
  };
}
