import type { ErrorCode, ErrorReason } from './errors';
import type { Turn } from './turn';

/**
 * An event of a reply's stream. `turn` is always the first event and *replaces* what the reader has; `end` is always the
 * last, sent after the terminal turn was saved. A new type needs a reader in `event-codec.ts`, a case in
 * `apply-event.ts` and a row in `lib/server/turns/follow-turn.ts`; pages that were open before an update ignore it.
 */
export type ChatEvent =
  | { type: 'reasoning'; content: string }
  | { type: 'content'; content: string }
  | { type: 'error'; code: ErrorCode; reason?: ErrorReason; content: string }
  | { type: 'turn'; turn: Turn }
  | { type: 'end'; sessionId: string; turn: Turn };
