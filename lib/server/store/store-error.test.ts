import { describe, expect, it } from 'vitest';
import type { StoreReason } from '@/lib/chat/errors';
import {
  CorruptRecord,
  NewerRecord,
  NewerStore,
  NoLocks,
  ReplacedFile,
  storeUnavailable,
} from './store-error';

const sqlite = (errcode: number) => Object.assign(new Error('SQLite'), { code: 'ERR_SQLITE_ERROR', errcode });
const file = (code: string) => Object.assign(new Error(`${code}: mkdir`), { code });
const redis = (message: string, cause?: string) =>
  Object.assign(new Error(message, { cause: cause === undefined ? undefined : new Error(cause) }), {
    name: 'RedisFailure',
  });

describe('the reason of a store failure', () => {
  it.each<[StoreReason, Error]>([
    ['unreachable', redis('there is no connection to Redis', 'connect ECONNREFUSED 127.0.0.1:6379')],
    ['unreachable', redis('Reached the max retries per request limit (which is 1).')],
    ['unreachable', redis('fetch failed')],
    ['unreachable', redis('CLUSTERDOWN Hash slot not served')],
    ['unreachable', file('ENOTDIR')],
    ['slow', redis('Redis did not answer within 2000 ms')],
    ['slow', redis('The operation was aborted due to timeout')],
    ['slow', redis('LOADING Redis is loading the dataset in memory')],
    ['auth', redis('NOAUTH Authentication required.')],
    ['auth', redis('WRONGPASS invalid or missing auth token')],
    ['auth', redis('there is no connection to Redis', 'WRONGPASS invalid username-password pair')],
    [
      'slow',
      redis(
        'there is no connection to Redis',
        "Socket timeout. Expecting data, but didn't receive any in 2000ms.",
      ),
    ],
    ['slow', redis('TRYAGAIN Multiple keys request during rehashing of slot')],
    ['slow', redis('Too many Cluster redirections. Last error: ReplyError: ASK 1 127.0.0.1:1')],
    [
      'misconfigured',
      redis('REDIS_URL names database 99, which cannot be used: ERR DB index is out of range'),
    ],
    ['misconfigured', redis('Not Found')],
    ['misconfigured', redis('Unable to parse response body: <html><h1>404 Not Found</h1></html>')],
    ['certificate', redis('there is no connection to Redis', 'self-signed certificate in certificate chain')],
    ['certificate', redis('there is no connection to Redis', 'unable to verify the first certificate')],
    ['certificate', redis('there is no connection to Redis', 'unable to get local issuer certificate')],
    ['certificate', redis('there is no connection to Redis', 'certificate has expired')],
    [
      'certificate',
      redis(
        'no connection',
        "Hostname/IP does not match certificate's altnames: Host: db. is not in the cert's altnames",
      ),
    ],
    ['too_big', redis('ERR max request size exceeded. Limit: 1048576 bytes, Actual: 2000000 bytes')],
    ['too_big', redis('ERR max single record size exceeded')],
    ['quota', redis('Too Many Requests')],
    ['quota', redis('ERR DB capacity quota exceeded')],
    ['unreachable', redis('Unable to parse response body: <html>Bad Gateway</html>')],
    ['quota', redis('ERR max daily request limit exceeded. Limit: 10000, Usage: 10000.')],
    ['quota', redis('ERR max requests limit exceeded. Limit: 500000, Usage: 500000.')],
    ['read_only', redis("READONLY You can't write against a read only replica.")],
    ['read_only', sqlite(8)],
    ['read_only', file('EACCES')],
    ['out_of_memory', redis("OOM command not allowed when used memory > 'maxmemory'.")],
    [
      'full',
      redis('MISCONF Redis is configured to save RDB snapshots, but it is unable to persist to disk.'),
    ],
    ['full', sqlite(13)],
    ['full', sqlite(778)],
    ['locked', sqlite(5)],
    ['locked', sqlite(517)],
    ['corrupt', sqlite(11)],
    ['corrupt', sqlite(26)],
    ['corrupt', new AggregateError([sqlite(11), sqlite(1)], 'a transaction could not be rolled back')],
    ['corrupt_record', redis('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['corrupt_record', redis('ERR user_script:45: attempt to index a nil value')],
    ['out_of_memory', redis('OOM command not allowed', 'connect ECONNREFUSED, an hour ago')],
    ['corrupt_record', new CorruptRecord('a turn is not JSON')],
    ['newer', new NewerStore('written by a newer version of Confab')],
    ['newer_record', new NewerRecord('a turn was written by a newer version of Confab')],
    ['newer_record', redis('ERR user_script:45: CONFAB_NEWER a session was written by a newer version')],
    ['replaced', new ReplacedFile('replaced')],
    ['no_locks', new NoLocks('refused')],
    ...[3, 15, 2058, 2314, 3594, 3850, 4618, 5130, 5386].map((code): [StoreReason, Error] => [
      'no_locks',
      sqlite(code),
    ]),
    ['full', sqlite(4874)],
    ['unknown', redis('ERR something new')],
    ['unknown', sqlite(1)],
  ])('is %s: %s', (reason, cause) => {
    expect(storeUnavailable(cause)).toMatchObject({ code: 'store_unavailable', reason });
  });
});
