import type { FailureReason } from '@/lib/chat/errors';
import type { FinishReason } from '@/lib/chat/finish-reason';
import type { Usage } from '@/lib/chat/turn';

/** A part of a model's reply, the same for every provider. The last part is one `finish` or one `failure`. */
export type ModelPart =
  | { type: 'reasoning'; text: string }
  | { type: 'content'; text: string }
  | ModelFinish
  | ModelFailure;

export interface ModelFinish {
  type: 'finish';
  finishReason: FinishReason;
  usage?: Usage;
}

export interface ModelFailure {
  type: 'failure';
  reason: FailureReason;
  /** English, fit for a user: without keys, addresses or the provider's own text. */
  message: string;
  /** How long the provider asks to wait before the next try, in milliseconds. */
  retryAfterMs?: number;
  /** For the log: names and codes of what failed, never text, keys or addresses. */
  cause?: unknown;
}
