import { canContinue } from '@/lib/chat/can-continue';
import type { Turn } from '@/lib/chat/turn';
import { turnNote } from '@/lib/chat/words/turn-note';
import { continueReply, retryTurn } from '@/lib/client/actions';
import { useWords } from '../words';
import { type NoteAction, ReplyNote } from './reply-note';
import { useTurnWords } from './use-turn-words';

/** How a reply ended where it did not end as it should: in words, with what was kept and the ways on. */
export function ReplyEnd({ turn, busy }: { turn: Turn; busy: boolean }) {
  const words = useWords();
  const acting = useTurnWords();
  const note = turnNote(turn, words);
  if (!note) return null;
  const goOn: NoteAction = {
    icon: 'onward',
    label: acting.goOn,
    first: true,
    onClick: () => void continueReply(turn.id),
  };
  const retry: NoteAction = {
    icon: 'retry',
    label: words.turn.retry,
    onClick: () => void retryTurn(turn.id),
  };
  const actions = [...(canContinue(turn) ? [goOn] : []), ...(note.retry ? [retry] : [])];
  return (
    <ReplyNote tone={note.tone} actions={busy ? [] : actions}>
      {note.text}
    </ReplyNote>
  );
}
