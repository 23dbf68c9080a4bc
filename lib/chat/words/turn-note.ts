import type { Turn } from '../turn';
import { failureText } from './failure-text';
import type { Words } from './index';

export interface TurnNote {
  tone: 'quiet' | 'danger';
  text: string;
  /** Whether sending the same words again can help. */
  retry: boolean;
}

/** How a reply ended, in words, where it did not end as it should; null for a good end and for a live turn. */
export function turnNote({ status, error, finishReason, reply }: Turn, words: Words): TurnNote | null {
  const hasText = reply.content !== '' || reply.reasoning !== '';
  switch (status) {
    case 'failed': {
      const failure = error ?? { code: 'model_failed' };
      if (failure.code === 'store_unavailable')
        return { tone: 'danger', text: failureText(words, failure, 'shown'), retry: false };
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
function endOf(finishReason: string | undefined, { turn }: Words): TurnNote | null {
  if (finishReason === 'length') return { tone: 'quiet', text: turn.cutAtLimit, retry: false };
  if (finishReason === 'content-filter') return { tone: 'quiet', text: turn.filtered, retry: false };
  return null;
}
