import { CorruptRecord } from '../store-error';
import type { RedisCommands } from './redis-commands';
import { groups, list, number, text } from './script-result';

/** Fields or members that are read at once: a field can be a whole turn. */
const PAGE = '20';
/** Characters that are written at once: Upstash takes requests of up to 1 MB. */
const WRITE_CHARS = 500_000;

/**
 * Copies a key with its time to live, replacing the target. Not atomic. Does not use DUMP, whose binary
 * output does not survive REST. Returns false if there is no such key.
 */
export async function copyKey(redis: RedisCommands, from: string, to: string): Promise<boolean> {
  const type = text(await redis.call('type', from));
  if (type === 'none') return false;
  const ttl = number(await redis.call('pttl', from));
  if (type === 'string') {
    const value = await redis.call('get', from);
    if (value === null) return false;
    await redis.call('set', to, text(value));
  } else {
    await redis.call('del', to);
    if (type === 'hash') await copyPages(redis, ['hscan', from], 2, ['hset', to]);
    else if (type === 'set') await copyPages(redis, ['sscan', from], 1, ['sadd', to]);
    // A member and its score are read in the order opposite to that in which they are written.
    else if (type === 'zset') await copyPages(redis, ['zscan', from], 2, ['zadd', to]);
    else throw new CorruptRecord('a key has an unknown type');
  }
  if (ttl >= 0) await redis.call('pexpire', to, String(ttl));
  return true;
}

async function copyPages(
  redis: RedisCommands,
  [scan, from]: readonly [string, string],
  size: 1 | 2,
  [write, to]: readonly [string, string],
): Promise<void> {
  let cursor = '0';
  do {
    const [next, page] = list(await redis.call(scan, from, cursor, 'COUNT', PAGE));
    cursor = text(next);
    let batch: string[] = [];
    for (const row of groups(page, size)) {
      const items = row.map(text);
      if (write === 'zadd') items.reverse();
      const chars = batch.reduce((sum, item) => sum + item.length, 0);
      if (batch.length > 0 && chars + items.join('').length > WRITE_CHARS) {
        await redis.call(write, to, ...batch);
        batch = [];
      }
      batch.push(...items);
    }
    if (batch.length > 0) await redis.call(write, to, ...batch);
  } while (cursor !== '0');
}
