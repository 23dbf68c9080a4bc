import type { ErrorCode, ErrorReason } from '@/lib/chat/errors';
import type { BrowserReason } from '@/lib/chat/strings/failure-text';

/**
 * The server's codes, and two for a server that cannot be reached. `offline`: the browser reports no network.
 */
export type ClientErrorCode = ErrorCode | 'network' | 'offline';

/** An error as the stores keep it. The components turn its codes into text. */
export interface ClientErrorInfo {
  code: ClientErrorCode;
  reason?: ErrorReason | BrowserReason;
  retryAfterMs?: number;
  /** With `turn_in_progress`: the live turn of the conversation. */
  activeTurnId?: string;
}

/** Something other than the server has answered. */
export const INTERCEPTED: ClientErrorInfo = { code: 'network', reason: 'intercepted' };

/** A failed call. `status` is 0 if there was no response. */
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

/** Errors that pass by themselves: the same call can succeed later. */
const TRANSIENT: ReadonlySet<ClientErrorCode> = new Set([
  'network',
  'offline',
  'internal',
  'rate_limited',
  'store_unavailable',
  'shutting_down',
  'paused',
]);

/** A limit of a day passes, too; storage is full until somebody deletes something. */
export const isTransient = ({ code, reason }: ClientErrorInfo): boolean =>
  TRANSIENT.has(code) || (code === 'quota_exceeded' && reason !== 'storage');

/** True if the message is sent again automatically. Any other error needs a person's decision. */
export const isRetriedAutomatically = (error: ClientErrorInfo): boolean =>
  isTransient(error) || error.code === 'turn_in_progress';

/** A message refused with one of these is refused every time. It has to change, which makes it a new turn. */
const FINAL: ReadonlySet<ClientErrorCode> = new Set([
  'bad_request',
  'turn_mismatch',
  'too_large',
  'unsupported_image',
  'wrong_assistant',
]);

/** True if sending the same turn again can succeed. */
export const isRetryable = (error: ClientErrorInfo): boolean => !FINAL.has(error.code);

/** The outcome of an action. Actions do not reject when a call fails. */
export type ActionResult = { ok: true } | { ok: false; error: ClientErrorInfo };
