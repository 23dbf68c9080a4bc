import type { Turn } from '@/lib/chat/turn';
import type { Words } from '@/lib/chat/words';
import { failureText } from '@/lib/chat/words/failure-text';
import { retryTurn } from '@/lib/client/actions';
import { useWords } from '../words';
import { ReplyNote } from './reply-note';

/** How a reply ended where it did not end as it should: in words, with what was kept and the way on. */
export function ReplyEnd({ turn, busy }: { turn: Turn; busy: boolean }) {
  const words = useWords();
  const note = noteOf(turn, words);
  if (!note) return null;
  const retry = { label: words.turn.retry, onClick: () => void retryTurn(turn.id) };
  return (
    <ReplyNote tone={note.tone} action={note.retry && !busy ? retry : undefined}>
      {note.text}
    </ReplyNote>
  );
}

interface Note {
  tone: 'quiet' | 'danger';
  text: string;
  retry: boolean;
}

function noteOf({ status, error, finishReason, reply }: Turn, words: Words): Note | null {
  const hasText = reply.content !== '' || reply.reasoning !== '';
  switch (status) {
    case 'failed': {
      const failure = error ?? { code: 'model_failed' };
      return {
        tone: 'danger',
        text: failureText(words, failure, hasText ? 'partial' : 'message'),
        retry: true,
      };
    }
    case 'interrupted':
      return { tone: 'danger', text: words.turn[hasText ? 'interrupted' : 'interruptedEmpty'], retry: true };
    case 'stopped':
      return { tone: 'quiet', text: words.turn[hasText ? 'stopped' : 'stoppedEmpty'], retry: false };
    case 'done':
      return endOf(finishReason, words);
    case 'streaming':
      return null;
  }
}

/** Ends that a model names itself, by the names of the AI SDK. */
function endOf(finishReason: string | undefined, { turn }: Words): Note | null {
  if (finishReason === 'length') return { tone: 'quiet', text: turn.cutAtLimit, retry: false };
  if (finishReason === 'content-filter') return { tone: 'quiet', text: turn.filtered, retry: false };
  return null;
}
