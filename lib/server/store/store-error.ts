import { ChatError } from '@/lib/chat/chat-error';
import type { StoreReason } from '@/lib/chat/errors';

/** A stored record cannot have been written by this program. The message quotes none of its content. */
export class CorruptRecord extends Error {
  override readonly name = 'CorruptRecord';
}

/** The error that a store rejects with when its backend fails. The cause is for the log. */
export const storeUnavailable = (cause: unknown): ChatError =>
  new ChatError('store_unavailable', { cause, reason: storeReasonOf(cause) });

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const BY_SQLITE_CODE: Readonly<Record<number, StoreReason>> = {
  /* BUSY */ 5: 'locked',
  /* LOCKED */ 6: 'locked',
  /* NOMEM */ 7: 'out_of_memory',
  /* READONLY */ 8: 'read_only',
  /* IOERR */ 10: 'full',
  /* CORRUPT */ 11: 'corrupt',
  /* FULL */ 13: 'full',
  /* CANTOPEN */ 14: 'unreachable',
  /* NOTADB */ 26: 'corrupt',
};

/**
 * Patterns for the name, code and message of an error; the first that matches wins. Prefixes in capitals are Redis's, the
 * phrases on quotas are Upstash's, and those on time are ours and fetch's.
 */
const BY_PATTERN: readonly (readonly [RegExp, StoreReason])[] = [
  // CONFAB: one of our scripts found a bad record. The other messages are Lua's own.
  [
    /\bCorruptRecord\b|\bWRONGTYPE\b|\bCONFAB\b|\battempt to (index|compare|concatenate|perform arithmetic)\b/,
    'corrupt_record',
  ],
  [/\b(NOAUTH|WRONGPASS|NOPERM|Unauthorized)\b|invalid password/i, 'auth'],
  [
    /\bmax (daily |monthly )?(requests?|bandwidth|commands?)\b.*\b(limit|quota)\b|\bquota exceeded\b/i,
    'quota',
  ],
  [/\b(READONLY|EROFS|EACCES|EPERM)\b/, 'read_only'],
  [/\bOOM\b/, 'out_of_memory'],
  [/\b(MISCONF|ENOSPC|EDQUOT|EFBIG|EIO)\b/, 'full'],
  [/\b(LOADING|BUSY)\b|did not answer within|TimeoutError|timed out|due to timeout/, 'slow'],
  [
    /\b(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOENT|ENOTDIR|EEXIST)\b/,
    'unreachable',
  ],
];

/** Messages that say that there is no connection; their cause says why. */
const NO_CONNECTION =
  /no connection to Redis|Connection is closed|max retries per request|fetch failed|other side closed|CLUSTERDOWN|MASTERDOWN|Failed to refresh slots|all nodes/i;

/** Why the store failed, found in the driver's error and its causes. */
export function storeReasonOf(error: unknown): StoreReason {
  const chain = chainOf(error);
  for (const one of chain) {
    const reason = ownReason(one);
    if (reason) return reason;
  }
  return chain.some(({ message }) => NO_CONNECTION.test(message)) ? 'unreachable' : 'unknown';
}

function chainOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  return [error, ...chainOf(error instanceof AggregateError ? error.errors[0] : error.cause)];
}

function ownReason(error: Error): StoreReason | undefined {
  if ('errcode' in error && typeof error.errcode === 'number')
    return BY_SQLITE_CODE[error.errcode & 0xff] ?? 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const description = `${error.name} ${code} ${error.message}`;
  return BY_PATTERN.find(([pattern]) => pattern.test(description))?.[1];
}
