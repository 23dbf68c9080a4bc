import type { FinishReason } from '../finish-reason';
import type { Turn } from '../turn';
import { failureText } from './failure-text';
import type { Strings } from './strings';
import type { TurnFooterStrings } from './turn-footer';

export interface TurnNote {
  tone: 'quiet' | 'danger';
  text: string;
  /** Whether sending the same message again can help. */
  retry: boolean;
}

/** The note under a reply that did not end normally; null for one that did, and for a live turn. */
export function turnNote(
  { status, error, finishReason, reply }: Turn,
  strings: Strings,
  { notes }: TurnFooterStrings,
): TurnNote | null {
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
        text: notes[hasText ? 'interrupted' : 'interruptedEmpty'],
        retry: true,
      };
    case 'stopped':
      return { tone: 'quiet', text: notes[hasText ? 'stopped' : 'stoppedEmpty'], retry: false };
    case 'done':
      return finishReason ? noteOfFinish(finishReason, notes) : null;
    case 'streaming':
      return null;
  }
}

/** The string that explains an early end; null where the reply is complete or there is nothing to explain. */
const FINISH_NOTES: Record<FinishReason, 'cutAtLimit' | 'filtered' | null> = {
  stop: null,
  length: 'cutAtLimit',
  content_filter: 'filtered',
  tool_calls: null,
  other: null,
};

function noteOfFinish(finishReason: FinishReason, notes: TurnFooterStrings['notes']): TurnNote | null {
  const key = FINISH_NOTES[finishReason];
  return key && { tone: 'quiet', text: notes[key], retry: false };
}
