import type { Turn } from '../turn';
import { failureText } from './failure-text';
import type { Strings } from './strings';

export interface TurnNote {
  tone: 'quiet' | 'danger';
  text: string;
  /** Whether sending the same words again can help. */
  retry: boolean;
}

/** How a reply ended, in words, where it did not end as it should; null for a good end and for a live turn. */
export function turnNote({ status, error, finishReason, reply }: Turn, strings: Strings): TurnNote | null {
  const hasText = reply.content !== '' || reply.reasoning !== '';
  switch (status) {
    case 'failed': {
      const failure = error ?? { code: 'model_failed' };
      if (failure.code === 'store_unavailable')
        return { tone: 'danger', text: failureText(strings, failure, 'shown'), retry: false };
      return {
        tone: 'danger',
        text: failureText(strings, failure, hasText ? 'partial' : 'message'),
        retry: true,
      };
    }
    case 'interrupted':
      return {
        tone: 'danger',
        text: strings.turn[hasText ? 'interrupted' : 'interruptedEmpty'],
        retry: true,
      };
    case 'stopped':
      return { tone: 'quiet', text: strings.turn[hasText ? 'stopped' : 'stoppedEmpty'], retry: false };
    case 'done':
      return endOf(finishReason, strings);
    case 'streaming':
      return null;
  }
}

/** Ends that a model names itself, by the names of the AI SDK. */
function endOf(finishReason: string | undefined, { turn }: Strings): TurnNote | null {
  if (finishReason === 'length') return { tone: 'quiet', text: turn.cutAtLimit, retry: false };
  if (finishReason === 'content-filter') return { tone: 'quiet', text: turn.filtered, retry: false };
  return null;
}
