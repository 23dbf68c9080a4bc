import type { ErrorCode, ErrorReason } from '@/lib/chat/errors';

/** What the server answers, and the two ways of not reaching it. `offline`: the browser itself says so. */
export type ClientErrorCode = ErrorCode | 'network' | 'offline';

/** An error as the page keeps it: codes only, the views word them. */
export interface ClientErrorInfo {
  code: ClientErrorCode;
  reason?: ErrorReason;
  retryAfterMs?: number;
  /** With `turn_in_progress`: the turn that holds the conversation. */
  activeTurnId?: string;
}

/** A call that failed. `status` is 0 when no answer came. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly info: ClientErrorInfo;
  readonly status: number;

  constructor(info: ClientErrorInfo, status: number, cause?: unknown) {
    super(info.code, { cause });
    this.info = info;
    this.status = status;
  }

  get code(): ClientErrorCode {
    return this.info.code;
  }
}

/** Failures that pass by themselves: the same call, made again later, can go well. */
const PASSING: ReadonlySet<ClientErrorCode> = new Set([
  'network',
  'offline',
  'internal',
  'rate_limited',
  'store_unavailable',
  'shutting_down',
]);

export const isPassing = ({ code }: ClientErrorInfo): boolean => PASSING.has(code);

/** A send that failed like this waits and is made again without being asked; any other needs the person. */
export const goesOutByItself = (error: ClientErrorInfo): boolean =>
  isPassing(error) || error.code === 'turn_in_progress';

/**
 * Codes of a send that fails the same way however often it is repeated: the words have to change, and the turn's id
 * with them.
 */
const FINAL: ReadonlySet<ClientErrorCode> = new Set([
  'bad_request',
  'turn_mismatch',
  'too_large',
  'unsupported_image',
  'wrong_assistant',
]);

/** True when sending the same turn again (same id, same words) can succeed. */
export const isRetryable = (error: ClientErrorInfo): boolean => !FINAL.has(error.code);

/** What an action tells its caller. Actions never reject for a failed call. */
export type ActionResult = { ok: true } | { ok: false; error: ClientErrorInfo };
