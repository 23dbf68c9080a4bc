import { Redis } from 'ioredis';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { GET as sessions } from '@/app/api/chat/sessions/route';
import { GET as live } from '@/app/api/health/live/route';
import { GET as health } from '@/app/api/health/route';
import { RedisServer } from '@/e2e/support/servers/redis';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openStore } from '@/lib/server/store/open-store';
import { provideTestServices } from '@/lib/server/testing/open-test-services';
import { proxy } from '@/proxy';
import { cookieName, newGuest, signGuest } from './guest-cookie';
import { isFirstVisit } from './page-cookie';

const BASE = 'http://127.0.0.1';
const OTHER_INSTANCE = 'the-secret-of-another-server';

let redis: RedisServer;
let admin: Redis;
let services: Awaited<ReturnType<typeof provideTestServices>>;

beforeAll(async () => {
  redis = await RedisServer.start();
  admin = new Redis(redis.url);
  services = await provideTestServices(
    {},
    { store: await openStore({ driver: 'redis', urls: [redis.url] }) },
  );
});
afterAll(async () => {
  admin?.disconnect();
  await services?.store.close();
  await redis?.close();
});
beforeEach(async () => {
  // Otherwise a test would also count the check of the previous one.
  await services.health.read();
});

/** The number of round trips to Redis that this makes. */
async function trips(work: () => Promise<unknown>): Promise<number> {
  await admin.config('RESETSTAT');
  await work();
  const stats = await admin.info('commandstats');
  const calls = [...stats.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)];
  // Commands inside a script are reported too, but only its `evalsha` is a round trip.
  const own = calls.filter(([, name]) => /^(eval|get|set|hmget|scan|del)/.test(name ?? ''));
  const scripts = own.filter(([, name]) => name?.startsWith('eval'));
  const counted = scripts.length > 0 ? scripts : own;
  return counted.reduce((sum, [, , count]) => sum + Number(count), 0);
}

/** What a load of the page does. */
async function load(headers: Record<string, string> = {}, method = 'GET'): Promise<string[]> {
  const response = await proxy(new NextRequest(`${BASE}/`, { method, headers }));
  const names = (headers.cookie ?? '').split('; ').map((pair) => pair.split('=')[0] ?? '');
  await isFirstVisit(names.filter(Boolean));
  return response.headers.getSetCookie();
}

const cookieOf = (guest = newGuest(Date.now()), secret = OTHER_INSTANCE): string =>
  `${cookieName(secret, false)}=${signGuest(guest, secret)}`;

it.each<[string, () => Promise<unknown>]>([
  ['a page without a cookie', () => load()],
  [
    'the same, as a browser asks for it',
    () => load({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }),
  ],
  ['the same, as a monitor asks for it', () => load({ 'user-agent': 'check_http/v2' }, 'HEAD')],
  ['the same, with other cookies', () => load({ cookie: 'confab_lang=en; _ga=1' })],
  [
    'the same, with what only looks like our cookie',
    () => load({ cookie: 'confab_guest=x; confab_guest_00000000=' }),
  ],
  ['a list of conversations without a cookie', () => sessions(new Request(`${BASE}/api/chat/sessions`))],
  ['a liveness probe', () => live(new Request(`${BASE}/api/health/live`))],
  ['a health check a moment after another', () => health(new Request(`${BASE}/api/health`))],
])('%s costs the store nothing', async (_what, ask) => {
  expect(
    await trips(async () => {
      for (let n = 0; n < 10; n += 1) await ask();
    }),
  ).toBe(0);
});

it('a stranger still gets a cookie, and a new one each time it is not kept', async () => {
  const cookies = [await load(), await load()].flat();
  expect(cookies).toHaveLength(2);
  expect(new Set(cookies).size).toBe(2);
});

it('a page of a guest costs one trip of two commands: whether the device is signed in', async () => {
  const guest = newGuest(Date.now());
  await new SessionClient(services.store, { owner: guest.owner }).addTurn('a');
  const [secret] = await services.secret.secrets();
  const cookie = cookieOf(guest, secret);
  await load({ cookie });
  expect(await trips(() => load({ cookie }))).toBe(1);
  const inside = [...(await admin.info('commandstats')).matchAll(/^cmdstat_(h\w+):calls=(\d+)/gm)];
  expect(inside.map(([, name, count]) => [name, count])).toEqual([['hmget', '1']]);
});

it('a page with the cookie of another instance costs one trip, until it has a cookie of this one', async () => {
  // Redis has the script from then on.
  await load({ cookie: cookieOf() });
  const cookie = cookieOf();
  let own: string[] = [];
  expect(
    await trips(async () => {
      own = await load({ cookie });
    }),
  ).toBe(1);
  expect(own).toHaveLength(1);
  const both = `${cookie}; ${own[0]?.split(';')[0]}`;
  expect(await trips(() => load({ cookie: both }))).toBe(1);
});
