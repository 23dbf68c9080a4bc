import type { ErrorCode, FailureReason } from '../errors';
import type { Words } from './index';

/** Codes of the server, and the two that only a browser knows. */
export type FailureCode = ErrorCode | 'network' | 'offline';

export interface Failure {
  code: FailureCode;
  reason?: FailureReason;
  /** Milliseconds after which the provider or the server asks us to come back. */
  retryAfterMs?: number;
}

/** What there was when it failed, and so what was kept. */
export type Kept = keyof Words['failures']['kept'];

/** What happened, what was kept, what to do next: three sentences in the reader's language. */
export function failureText(words: Words, failure: Failure, kept: Kept): string {
  const { codes, reasons, kept: keeping, retryIn } = words.failures;
  const { what, next } = (failure.reason && reasons[failure.reason]) ?? codes[failure.code];
  const wait = failure.retryAfterMs;
  const advice = wait !== undefined && wait > 0 ? retryIn(Math.ceil(wait / 1000)) : next;
  const gap = /[。！？]$/.test(what) ? '' : ' ';
  return [what, keeping[kept], advice].join(gap);
}
