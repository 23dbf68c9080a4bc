import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import type { Services } from '@/lib/server/services';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { readHistory } from './read-history';

let redis: RedisServer;
let admin: Redis;
let services: Services;

beforeAll(async () => {
  redis = await RedisServer.start();
  admin = new Redis(redis.url);
  services = await openTestServices({ REDIS_URL: redis.url });
});

afterAll(async () => {
  admin?.disconnect();
  await services?.store.close();
  await redis?.close();
});

const TEXT_BYTES = 20_000;

/** A session that shows one turn and has this many other versions of it. */
async function withVersions(others: number): Promise<SessionClient> {
  const client = new SessionClient(services.store);
  for (let n = 0; n <= others; n++) {
    const content = `${n % 3} ${'x'.repeat(TEXT_BYTES)}`;
    await client.addTurn(`v${n}`, { content, parentId: null });
  }
  return client;
}

/** How many scripts one page runs, and how many bytes Redis answers with. */
async function costOfPage({ ref }: SessionClient) {
  const page = () => readHistory(services, ref, { limit: 50 });
  // Caches the script on the server.
  await page();
  await admin.config('RESETSTAT');
  const history = await page();
  const bytes = Number(/total_net_output_bytes:(\d+)/.exec(await admin.info('stats'))?.[1]);
  const stats = await admin.info('commandstats');
  const scripts = Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1]);
  return { history, bytes, scripts };
}

test('a page costs one call, and a hash for each version that is not shown', async () => {
  const [few, many] = [await costOfPage(await withVersions(2)), await costOfPage(await withVersions(40))];
  expect(many.history.versions.v40).toHaveLength(41);
  expect(many.history.wordings?.v40).toHaveLength(3);
  expect(many.scripts).toBe(1);
  expect(many.bytes - few.bytes).toBeLessThan(38 * 100);
});
