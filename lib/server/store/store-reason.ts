import type { StoreReason } from '@/lib/chat/errors';

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
 * What names a reason in an error's name, code or message; the first row wins. The capitals are Redis's error
 * prefixes; the words on quotas are Upstash's, those on time ours and fetch's.
 */
const BY_WORDS: readonly (readonly [RegExp, StoreReason])[] = [
  // CONFAB: our scripts refuse what is not ours; the rest: Lua stumbled over it first.
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

/** Strings that say that there is no connection, and leave to their cause why. */
const NO_CONNECTION =
  /no connection to Redis|Connection is closed|max retries per request|fetch failed|other side closed|CLUSTERDOWN|MASTERDOWN|Failed to refresh slots|all nodes/i;

/** What is wrong with the store, by what its driver threw and by what that came from. */
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
  const words = `${error.name} ${code} ${error.message}`;
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
}
