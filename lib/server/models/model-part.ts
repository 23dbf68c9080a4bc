import type { FailureReason } from '@/lib/chat/errors';
import type { FinishReason } from '@/lib/chat/finish-reason';
import type { Usage } from '@/lib/chat/turn';

/** What a model tells, after every vendor's oddities were ironed out. `finish` and `failure` come last, and once. */
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
  /** English, fit for a user: no key, address or text of the vendor's. */
  message: string;
  /** How long the vendor asked to wait, in milliseconds. */
  retryAfterMs?: number;
  /** For the log: what failed, by names and codes; never text, keys or addresses. */
  cause?: unknown;
}
