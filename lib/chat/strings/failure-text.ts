import type { ErrorCode, ErrorReason } from '../errors';
import type { Strings } from './strings';

/** Codes of the server, and the two that only a browser knows. */
export type FailureCode = ErrorCode | 'network' | 'offline';

export interface Failure {
  code: FailureCode;
  reason?: ErrorReason;
  /** Milliseconds after which the provider or the server asks us to come back. */
  retryAfterMs?: number;
}

/** What there was when it failed, and so what was kept. */
export type Kept = keyof Strings['failures']['kept'];

/** What happened, what was kept, what to do next: three sentences in the reader's language. */
export function failureText(strings: Strings, failure: Failure, kept: Kept): string {
  const { kept: keeping, retryIn } = strings.failures;
  const { what, next } = exactWords(strings.failures, failure);
  const wait = failure.retryAfterMs;
  const advice = wait !== undefined && wait > 0 ? retryIn(Math.ceil(wait / 1000)) : next;
  // Of what is damaged nobody knows yet what it still holds.
  const isDamaged = failure.reason === 'corrupt' || failure.reason === 'corrupt_record';
  const keeps = isDamaged && kept === 'history' ? keeping.untouched : keeping[kept];
  const gap = /[。！？]$/.test(what) ? '' : ' ';
  return [what, keeps, advice].join(gap);
}

/** By the reason where there is one; the same reason is another thing of a model than of a store. */
function exactWords({ codes, reasons, storage }: Strings['failures'], { code, reason }: Failure) {
  const table: Partial<Record<ErrorReason, Sentences>> = code === 'store_unavailable' ? storage : reasons;
  return (reason && table[reason]) ?? codes[code];
}

interface Sentences {
  what: string;
  next: string;
}
