import type { ErrorCode, ErrorReason } from './errors';
import type { Turn } from './turn';

/**
 * What a stream tells. `turn` is always the first event and *replaces* what the reader has; `end` is always the
 * last, sent after the terminal turn was saved. A reader ignores types that it does not know.
 */
export type ChatEvent =
  | { type: 'reasoning'; content: string }
  | { type: 'content'; content: string }
  | { type: 'error'; code: ErrorCode; reason?: ErrorReason; content: string }
  | { type: 'turn'; turn: Turn }
  | { type: 'end'; sessionId: string; turn: Turn };
