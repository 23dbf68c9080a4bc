import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { UpstashBridge } from '@/e2e/support/servers/upstash-bridge';
import { readSettings } from '@/lib/server/env';
import { isSignedIn } from '@/lib/server/guests/check-device';
import type { Services } from '@/lib/server/services';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openStore, type StoreSettings } from '@/lib/server/store/open-store';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { AuthSecret } from './auth-secret';
import { currentGuest, identify } from './identify';

const KEY = 'confab:secret:auth';
const MISSING = { code: 'store_unavailable', reason: 'secret_missing' };

let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

async function aProcess(settings: StoreSettings, clock = Date.now): Promise<Services> {
  const store = await openStore(settings);
  closing.push(() => store.close());
  const secret = new AuthSecret(store, null, clock);
  return openTestServices({}, { store, secret, settings: readSettings({}) });
}

/** A guest with a conversation. Returns a request with its cookie. */
async function aGuest(services: Services): Promise<{ owner: string; request: Request }> {
  const { guest, setCookie } = await identify(new Request('http://x.test/'), services, Date.now());
  await new SessionClient(services.store, { owner: guest.owner }).addTurn('words');
  const request = new Request('http://x.test/', { headers: { cookie: setCookie?.split(';')[0] ?? '' } });
  await isSignedIn(services, guest, request);
  return { owner: guest.owner, request };
}

const ownerOf = async (services: Services, request: Request) =>
  (await currentGuest(request, services, Date.now()))?.owner;

it('a node of a Cluster that comes back empty takes the secret with it, and no guest of the other nodes', async () => {
  const cluster = await startRedisCluster();
  closing.push(() => cluster.close());
  const settings: StoreSettings = { driver: 'redis', urls: cluster.urls };
  const first = await aProcess(settings);
  const guests = [];
  for (let n = 0; n < 40; n += 1) guests.push(await aGuest(first));
  const nodes = cluster.urls.map((url) => new Redis(url));
  closing.push(() => {
    for (const node of nodes) node.disconnect();
  });
  for (const node of nodes) if ((await node.keys(KEY)).length > 0) await node.flushall();
  const kept = (await Promise.all(nodes.map((node) => node.keys('confab:{*}:devices')))).flat();
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(guests.length);

  const next = await aProcess(settings);
  expect(next.secret.isMissing).toBe(true);
  await expect(identify(new Request('http://x.test/'), next, Date.now())).rejects.toMatchObject(MISSING);
  const others = guests.filter(({ owner }) => kept.some((key) => key.includes(owner)));
  for (const { owner, request } of others) expect(await ownerOf(next, request)).toBe(owner);
  expect(next.secret.isMissing).toBe(false);
  expect(await next.secret.secrets()).toEqual(await first.secret.secrets());
});

it('over REST a process waits for longer, because the others ask less often', async () => {
  const server = await RedisServer.start();
  const bridge = await UpstashBridge.start(server.url);
  const admin = new Redis(server.url);
  closing.push(
    () => server.close(),
    () => bridge.close(),
    () => admin.disconnect(),
  );
  const settings: StoreSettings = { driver: 'upstash', url: bridge.url, token: bridge.token };
  const first = await aProcess(settings);
  const { owner, request } = await aGuest(first);
  await admin.del(KEY);
  expect(await ownerOf(await aProcess(settings), request)).toBe(owner);

  await admin.del(KEY, ...(await admin.keys('*:devices')));
  let now = Date.now();
  const lost = await aProcess(settings, () => now);
  now += 79_000;
  await expect(ownerOf(lost, request)).rejects.toMatchObject(MISSING);
  await first.secret.sync();
  await lost.secret.sync();
  expect(await ownerOf(lost, request)).toBe(owner);
});
