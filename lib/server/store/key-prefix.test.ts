import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { UpstashBridge } from '@/e2e/support/servers/upstash-bridge';
import { dumpRedis } from './contract/dump-redis';
import { SessionClient } from './contract/session-client';
import { openStore, type StoreSettings } from './open-store';
import type { Store } from './store';

interface Backend {
  settings: Exclude<StoreSettings, { driver: 'sqlite' }>;
  urls: string[];
  close(): Promise<void>;
}

const BACKENDS: Record<string, () => Promise<Backend>> = {
  Redis: async () => {
    const server = await RedisServer.start();
    const urls = [server.url];
    return { settings: { driver: 'redis', urls }, urls, close: () => server.close() };
  },
  "Upstash's REST": async () => {
    const server = await RedisServer.start();
    const bridge = await UpstashBridge.start(server.url);
    return {
      settings: { driver: 'upstash', url: bridge.url, token: bridge.token },
      urls: [server.url],
      close: async () => {
        await bridge.close();
        await server.close();
      },
    };
  },
  'a Redis Cluster': async () => {
    const { urls, close } = await startRedisCluster();
    return { settings: { driver: 'redis', urls }, urls, close };
  },
};

/** One prefix is the beginning of another, and one has characters that are special in a pattern. */
const PREFIXES = ['confab:', 'confab:preview:fix%2Fit:', 'c*?[o]\\:'] as const;

describe.each(Object.entries(BACKENDS))('servers with other prefixes on %s', (_name, start) => {
  let backend: Backend;
  let stores: readonly [Store, Store, Store];

  beforeAll(async () => {
    backend = await start();
    const open = (keyPrefix: string) => openStore({ ...backend.settings, keyPrefix });
    stores = [await open(PREFIXES[0]), await open(PREFIXES[1]), await open(PREFIXES[2])];
  });
  afterAll(async () => {
    for (const store of stores ?? []) await store.close();
    await backend?.close();
  });

  const keysOf = async (prefix: string) =>
    (await dumpRedis(backend.urls)).filter((line) => line.startsWith(`${prefix}{`));

  test('share neither a secret, a setting nor a rate', async () => {
    const secrets = await Promise.all(stores.map((store, n) => store.secret('auth', `secret-${n}`)));
    expect(secrets).toEqual(['secret-0', 'secret-1', 'secret-2']);
    await stores[1].putSetting('turns', 'paused');
    expect(await Promise.all(stores.map((store) => store.setting('turns')))).toEqual([null, 'paused', null]);
    const rates = [{ name: 'any', rate: { count: 1, periodMs: 60_000 } }];
    for (const store of stores)
      expect((await store.takeRates({ rates, now: Date.now() })).isTaken).toBe(true);
  });

  test('share no conversation, and delete or move only their own', async () => {
    const { owner, sessionId, now } = new SessionClient(stores[0]);
    const clients = stores.map((store) => new SessionClient(store, { owner, sessionId, now }));
    for (const [n, client] of clients.entries()) {
      const store = client.store;
      expect(await store.mayHoldOwners()).toBe(false);
      expect((await store.sessions({ owner, limit: 5, now })).total).toBe(0);
      const image = await client.upload(Buffer.from(`image ${n}`));
      await client.addTurn('a', { content: `said to ${n}`, images: [image] });
      await client.addTurn('b');
      await store.clear(client.ref);
      await client.addTurn('c');
      await store.seeDevice({ owner, device: { id: 'd', issuedAt: now }, name: 'x', secrets: ['s'], now });
      expect(await store.mayHoldOwners()).toBe(true);
    }
    const before = await keysOf(PREFIXES[0]);
    await stores[1].deleteOwner({ owner, now });
    await stores[2].joinOwner({ from: owner, to: 'another', now });
    expect((await keysOf(PREFIXES[0])).sort()).toEqual(before.sort());
    const totals = await Promise.all(
      stores.map(async (store) => (await store.sessions({ owner, limit: 5, now })).total),
    );
    expect(totals).toEqual([1, 0, 0]);
    expect((await stores[2].sessions({ owner: 'another', limit: 5, now })).total).toBe(1);
  });

  test('write no key without their prefix', async () => {
    for (const store of stores) await store.check();
    const lines = await dumpRedis(backend.urls);
    const known = PREFIXES.flatMap((prefix) => [`${prefix}{`, `${prefix}secret:`, `${prefix}check `]);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !known.some((start) => line.startsWith(start)))).toEqual([]);
  });
});
