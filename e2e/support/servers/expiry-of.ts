import type { Redis } from 'ioredis';

/** When a key expires, in ms since the epoch and a few ms off: Redis 6 has no PEXPIRETIME. -1: never. -2: no such key. */
export async function expiryOf(redis: Redis, key: string): Promise<number> {
  const results = await redis.multi().time().pttl(key).exec();
  const [[, time] = [], [, ttl] = []] = results ?? [];
  if (!Array.isArray(time) || typeof ttl !== 'number') throw new Error(`no expiry of ${key}`);
  return ttl < 0 ? ttl : Number(time[0]) * 1_000 + Number(time[1]) / 1_000 + ttl;
}
