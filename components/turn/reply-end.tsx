import { canContinue } from '@/lib/chat/can-continue';
import { turnNote } from '@/lib/chat/strings/turn-note';
import type { Turn } from '@/lib/chat/turn';
import { continueReply, retryTurn } from '@/lib/client/actions';
import { useStrings } from '../use-strings';
import { type NoteAction, ReplyNote } from './reply-note';
import { useTurnFooterStrings } from './use-turn-footer-strings';

/** How a reply ended where it did not end as it should: in words, with what was kept and the ways on. */
export function ReplyEnd({ turn, busy }: { turn: Turn; busy: boolean }) {
  const strings = useStrings();
  const turnFooter = useTurnFooterStrings();
  const note = turnNote(turn, strings);
  if (!note) return null;
  const goOn: NoteAction = {
    icon: 'onward',
    label: turnFooter.continue,
    first: true,
    onClick: () => void continueReply(turn.id),
  };
  const retry: NoteAction = {
    icon: 'retry',
    label: strings.turn.retry,
    onClick: () => void retryTurn(turn.id),
  };
  const actions = [...(canContinue(turn) ? [goOn] : []), ...(note.retry ? [retry] : [])];
  return (
    <ReplyNote tone={note.tone} actions={busy ? [] : actions}>
      {note.text}
    </ReplyNote>
  );
}
