import { Redis } from 'ioredis';

/** Every key of these servers with its value, as a line of text. */
export async function dumpRedis(urls: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const url of urls) {
    const redis = new Redis(url);
    for (const key of await redis.keys('*')) lines.push(`${key} ${await contentOf(redis, key)}`);
    redis.disconnect();
  }
  return lines;
}

async function contentOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'set':
      return (await redis.smembers(key)).join(' ');
    case 'zset':
      return (await redis.zrange(key, '0', '-1')).join(' ');
    default:
      return (await redis.get(key)) ?? '';
  }
}
