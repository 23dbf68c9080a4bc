import { ChatError } from '@/lib/chat/chat-error';
import type { StoreReason } from '@/lib/chat/errors';

/** This release cannot read what is stored. The message never quotes stored data. */
export class UnreadableData extends Error {}

/** A stored record has a form that Confab never writes. */
export class CorruptRecord extends UnreadableData {
  override readonly name = 'CorruptRecord';
}

/** A record has a form that only a newer release knows. */
export class NewerRecord extends UnreadableData {
  override readonly name = 'NewerRecord';
}

/** The store has a form that only a newer release knows. */
export class NewerStore extends UnreadableData {
  override readonly name = 'NewerStore';
}

/** The database is damaged, even if the call did not read the damaged part. */
export class DamagedFile extends UnreadableData {
  override readonly name = 'DamagedFile';
}

/** Another program is replacing the database file. */
export class ReplacedFile extends UnreadableData {
  override readonly name = 'ReplacedFile';
}

/** The folder of the database does not support locks. */
export class NoLocks extends UnreadableData {
  override readonly name = 'NoLocks';
}

/** The error that a store rejects with when its backend fails. The cause is for the log. */
export const storeUnavailable = (cause: unknown): ChatError =>
  new ChatError('store_unavailable', { cause, reason: storeReasonOf(cause) });

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const BY_SQLITE_CODE: Readonly<Record<number, StoreReason>> = {
  /* BUSY */ 5: 'locked',
  /* LOCKED */ 6: 'locked',
  /* PROTOCOL */ 15: 'no_locks',
  /* NOMEM */ 7: 'out_of_memory',
  /* READONLY */ 8: 'read_only',
  /* IOERR */ 10: 'full',
  /* CORRUPT */ 11: 'corrupt',
  /* FULL */ 13: 'full',
  /* CANTOPEN */ 14: 'unreachable',
  /* NOTADB */ 26: 'corrupt',
};

/** Extended result codes that mean that the file system refuses locks or shared memory. */
const BY_EXTENDED_CODE: Readonly<Record<number, StoreReason>> = {
  /* PERM: a lock was forbidden */ 3: 'no_locks',
  /* IOERR_UNLOCK */ 2058: 'no_locks',
  /* IOERR_RDLOCK */ 2314: 'no_locks',
  /* IOERR_CHECKRESERVEDLOCK */ 3594: 'no_locks',
  /* IOERR_LOCK */ 3850: 'no_locks',
  /* IOERR_SHMOPEN */ 4618: 'no_locks',
  /* IOERR_SHMLOCK */ 5130: 'no_locks',
  /* IOERR_SHMMAP */ 5386: 'no_locks',
};

/**
 * Patterns for the name, code and message of an error; the first that matches wins. Prefixes in capitals are Redis's, the
 * phrases on quotas are Upstash's, and those on time are ours and fetch's.
 */
const BY_PATTERN: readonly (readonly [RegExp, StoreReason])[] = [
  [/\bNewerStore\b/, 'newer'],
  [/\bNewerRecord\b|\bCONFAB_NEWER\b/, 'newer_record'],
  [/\bDamagedFile\b/, 'corrupt'],
  [/\bReplacedFile\b/, 'replaced'],
  [/\bNoLocks\b/, 'no_locks'],
  // CONFAB: one of our scripts found a bad record. The other messages are Lua's own.
  [
    /\bCorruptRecord\b|\bWRONGTYPE\b|\bCONFAB\b|\battempt to (index|compare|concatenate|perform arithmetic)\b/,
    'corrupt_record',
  ],
  [/\bREDIS_URL names\b|\b404\b|\bnot found\b/i, 'misconfigured'],
  [
    /\b(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|VERIFY)\w*|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID)\b|self-signed certificate|unable to (get|verify)\b.*\bcertificate|certificate has expired|certificate's altnames/,
    'certificate',
  ],
  [/\bmax (request|single record|record|key|field|member) size exceeded\b|\bEntity Too Large\b/i, 'too_big'],
  [/\b(NOAUTH|WRONGPASS|NOPERM|Unauthorized)\b|invalid password/i, 'auth'],
  [
    /\bmax (daily |monthly )?(requests?|bandwidth|commands?)\b.*\b(limit|quota)\b|\bquota exceeded\b|\bToo Many Requests\b|\brate limit/i,
    'quota',
  ],
  [/\b(READONLY|EROFS|EACCES|EPERM)\b/, 'read_only'],
  [/\bOOM\b/, 'out_of_memory'],
  [/\b(MISCONF|ENOSPC|EDQUOT|EFBIG|EIO)\b/, 'full'],
  [
    /\b(LOADING|BUSY|TRYAGAIN)\b|Cluster redirections|did not answer within|didn't receive any in|TimeoutError|timed out|due to timeout/,
    'slow',
  ],
  [
    /\b(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOENT|ENOTDIR|EEXIST)\b/,
    'unreachable',
  ],
];

/** Messages that say that there is no connection; their cause says why. */
const NO_CONNECTION =
  /no connection to Redis|Connection is closed|max retries per request|fetch failed|other side closed|CLUSTERDOWN|MASTERDOWN|response body|Failed to refresh slots|all nodes/i;

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
    return BY_EXTENDED_CODE[error.errcode] ?? BY_SQLITE_CODE[error.errcode & 0xff] ?? 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const description = `${error.name} ${code} ${error.message}`;
  return BY_PATTERN.find(([pattern]) => pattern.test(description))?.[1];
}
