import { newConversation, openAssistant, stop } from '@/lib/client/actions';
import { readLastReply, useConversation } from '@/lib/client/hooks';
import { focusComposer } from '../composer/composer-focus';
import { openFind } from '../find/find-command';
import { useNotices } from '../notices/notices';
import { panelHasFocus } from '../rail/panel-id';
import { copyText } from '../ui/copy-text';
import { useStrings } from '../use-strings';
import { useOverlay } from './overlay';
import type { Commands } from './use-shortcuts';

/** What the page's commands do for the assistant on screen; null: it has not come to life yet. */
export function useCommands(assistants: readonly { id: string }[], active: string | null): Commands {
  const { show } = useOverlay();
  const { report, tell } = useNotices();
  const strings = useStrings();
  const { activeTurnId, sessionId, empty } = useConversation(active ?? '');
  const at = assistants.findIndex(({ id }) => id === active);

  const step = (by: 1 | -1) => {
    const next = assistants[(at + by + assistants.length) % assistants.length];
    if (!next) return;
    // What the focus is on in the conversation goes away with it.
    if (panelHasFocus()) focusComposer();
    void openAssistant(next.id);
  };
  const copyReply = async () => {
    const text = readLastReply();
    if (text !== null) tell(strings.turn[(await copyText(text)) ? 'copied' : 'copyFailed']);
  };

  const begin = () => {
    if (active) newConversation(active);
    focusComposer();
  };
  const alive = (run: () => void) => (active === null ? null : run);

  return {
    palette: alive(() => show('palette')),
    sheet: alive(() => show('sheet')),
    nextAssistant: alive(() => step(1)),
    previousAssistant: alive(() => step(-1)),
    newConversation: alive(begin),
    compose: alive(focusComposer),
    find: sessionId !== null && !empty ? openFind : null,
    stop: activeTurnId === null ? null : () => report(stop()),
    copyReply: alive(() => void copyReply()),
  };
}
