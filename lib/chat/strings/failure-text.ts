import type { ErrorReason } from '../errors';
import type { BrowserReason, FailureCode, FailureStrings } from './failure-strings';
import type { Strings } from './strings';

export type { BrowserReason, FailureCode } from './failure-strings';

export interface Failure {
  code: FailureCode;
  reason?: ErrorReason | BrowserReason;
  /** Milliseconds after which the provider or the server allows another attempt. */
  retryAfterMs?: number;
}

/** What the failure was about: it decides what the page says was saved. */
export type Kept = keyof Strings['failures']['kept'];

/** What happened, what was saved and what to do next, as three sentences. */
export function failureText({ failures }: Strings, failure: Failure, kept: Kept): string {
  const { what, next } = sentencesFor(failures, failure);
  const wait = failure.retryAfterMs;
  const advice = wait !== undefined && wait > 0 ? failures.retryIn(Math.ceil(wait / 1000)) : next;
  const saved = failures.kept[kept === 'history' && canHaveLost(failure) ? 'untouched' : kept];
  return join([what, saved, advice]);
}

/** What happened and what to do next, where nothing had to be saved. */
export function failureAdvice({ failures }: Strings, failure: Failure): string {
  const { what, next } = sentencesFor(failures, failure);
  return join([what, next]);
}

const join = (sentences: readonly [string, ...string[]]): string =>
  sentences.join(/[。！？]$/.test(sentences[0]) ? '' : ' ');

/** Only what happened, as a sentence. */
export const failureCause = ({ failures }: Strings, failure: Failure): string =>
  sentencesFor(failures, failure).what;

/** True if something may have been lost, so that the page must not say "Nothing was lost". */
const canHaveLost = ({ code, reason }: Failure): boolean =>
  code === 'not_found' || reason === 'corrupt' || reason === 'corrupt_record' || reason === 'replaced';

/** A reason says more than its code. The same reason means one thing for a model and another for the store. */
function sentencesFor({ codes, reasons, storage }: Strings['failures'], { code, reason }: Failure) {
  const table: Partial<Record<ErrorReason | BrowserReason, FailureStrings>> =
    code === 'store_unavailable' || code === 'forbidden' ? storage : reasons;
  const late: typeof table = storage;
  return (reason && (table[reason] ?? late[reason])) ?? codes[code];
}
