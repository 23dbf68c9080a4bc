import type { Turn } from '@/lib/chat/turn';
import { turnNote } from '@/lib/chat/words/turn-note';
import { retryTurn } from '@/lib/client/actions';
import { useWords } from '../words';
import { ReplyNote } from './reply-note';

/** How a reply ended where it did not end as it should: in words, with what was kept and the way on. */
export function ReplyEnd({ turn, busy }: { turn: Turn; busy: boolean }) {
  const words = useWords();
  const note = turnNote(turn, words);
  if (!note) return null;
  const retry = { label: words.turn.retry, onClick: () => void retryTurn(turn.id) };
  return (
    <ReplyNote tone={note.tone} action={note.retry && !busy ? retry : undefined}>
      {note.text}
    </ReplyNote>
  );
}
