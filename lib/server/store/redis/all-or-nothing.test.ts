import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import type { ImageRef } from '@/lib/chat/turn';
import { dumpRedis } from '../contract/dump-redis';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import type { Store } from '../store';

/**
 * Redis does not roll back a script that fails halfway. Whatever the keys of a call contain, the call has to
 * do all of its work or none of it.
 */

let server: RedisServer;
let admin: Redis;
let store: Store;

beforeAll(async () => {
  server = await RedisServer.start();
  admin = new Redis(server.url);
  store = await openStore({ driver: 'redis', urls: [server.url] });
});
afterAll(async () => {
  admin?.disconnect();
  await store?.close();
  await server?.close();
});

const DEVICE = { id: 'phone', issuedAt: 5 };
const LIMITS = {
  guest: { turns: { count: 90, periodMs: 60_000 }, storageBytes: 1e9, dailyTokens: 1e9, replies: 5 },
  address: { id: 'home', turns: { count: 90, periodMs: 60_000 }, newGuests: { count: 90, periodMs: 60_000 } },
  server: { dailyTokens: 1e9 },
};

interface Scene {
  client: SessionClient;
  shared: ImageRef;
  another: ImageRef;
}

/** A session with versions, deleted turns, images, an undo snapshot and limits, and nothing else in Redis. */
async function setUp(): Promise<Scene> {
  await admin.flushdb();
  const client = new SessionClient(store, { owner: 'owner', sessionId: 'session' });
  const [shared, another] = [
    await client.upload(Buffer.from('one')),
    await client.upload(Buffer.from('two')),
  ];
  await client.addTurn('old', { limits: LIMITS, images: [shared] });
  await store.clear(client.ref);
  await client.addTurn('a', { limits: LIMITS, images: [shared] });
  await client.addTurn('b', { limits: LIMITS });
  await client.addTurn('b2', { limits: LIMITS, parentId: 'a' });
  await client.addTurn('c', { limits: LIMITS, images: [another] });
  await client.addTurn('d', { limits: LIMITS });
  await store.removeTurn(client.turnRef('c'));
  await store.seeDevice({ owner: client.owner, device: DEVICE, name: 'Phone', now: client.now });
  return { client, shared, another };
}

const last = async (client: SessionClient, id: string) => {
  const turn = await client.turn(id);
  return { turn: { ...turn, status: 'done' as const }, preview: 'x', use: { tokens: 5, cost: 0.5 } };
};

type Call = (scene: Scene) => Promise<unknown>;

/** The preparation of a call, and the call itself. */
const CALLS: Readonly<Record<string, [prepare: Call | null, call: Call]>> = {
  'begin, with an image': [
    null,
    ({ client, shared }) => client.begin('e', { limits: LIMITS, images: [shared], device: DEVICE }),
  ],
  'begin of a version': [null, ({ client }) => client.begin('e', { limits: LIMITS, parentId: 'a' })],
  'begin of a root': [null, ({ client }) => client.begin('e', { limits: LIMITS, parentId: null })],
  'begin of another session': [
    null,
    ({ client, another }) =>
      new SessionClient(store, { owner: client.owner, sessionId: 'other', now: client.now }).begin('e', {
        limits: LIMITS,
        images: [another],
      }),
  ],
  save: [({ client }) => client.begin('e', { limits: LIMITS }), ({ client }) => client.write('e')],
  'last write': [
    ({ client }) => client.begin('e', { limits: LIMITS }),
    async ({ client }) => client.write('e', await last(client, 'e')),
  ],
  stop: [({ client }) => client.begin('e'), ({ client }) => store.requestStop(client.turnRef('e'))],
  pin: [null, ({ client }) => store.change({ ...client.ref, change: { pinned: true, title: 'New' } })],
  'another head': [null, ({ client }) => client.setHead('b')],
  'another expiry': [
    null,
    ({ client }) => store.change({ ...client.ref, change: { ttlMs: 90 * 86_400_000 } }),
  ],
  'no expiry': [null, ({ client }) => store.change({ ...client.ref, change: { ttlMs: null } })],
  clear: [null, ({ client }) => store.clear(client.ref)],
  remove: [null, ({ client }) => store.remove(client.ref)],
  'restore beside newer turns': [null, ({ client }) => store.restore(client.ref)],
  'restore of a removed session': [
    ({ client }) => store.remove(client.ref),
    ({ client }) => store.restore(client.ref),
  ],
  'delete of a turn with an image': [null, ({ client }) => store.removeTurn(client.turnRef('a'))],
  'delete of a turn': [null, ({ client }) => store.removeTurn(client.turnRef('d'))],
  'undo of a delete': [null, ({ client }) => store.restoreTurn(client.turnRef('c'))],
  'history that blanks a turn': [
    async ({ client }) => {
      client.now += 11 * 60_000;
    },
    ({ client }) => client.history(),
  ],
  'list of sessions': [
    null,
    ({ client }) => store.sessions({ owner: client.owner, limit: 5, now: client.now }),
  ],
  'upload of a stored image': [null, ({ client }) => client.upload(Buffer.from('one'))],
  'a look at a device': [
    null,
    ({ client }) =>
      store.seeDevice({ owner: client.owner, device: DEVICE, name: 'x', now: client.now + 2 * 3_600_000 }),
  ],
  'sign-out': [
    null,
    ({ client }) => store.revokeDevice({ owner: client.owner, deviceId: 'phone', now: client.now }),
  ],
};

async function breakKey(key: string): Promise<void> {
  const type = await admin.type(key);
  await admin.del(key);
  if (type === 'string') await admin.sadd(key, 'text');
  else await admin.set(key, 'text');
}

const dump = async (): Promise<string[]> => (await dumpRedis([server.url])).sort();

describe.each(Object.entries(CALLS))('%s', (_, [prepare, call]) => {
  test('is done as a whole or not at all, whichever key is damaged', async () => {
    const scene = await setUp();
    await prepare?.(scene);
    const keys = (await admin.keys('*')).sort();
    expect(keys.length).toBeGreaterThan(9);
    const half: string[] = [];
    for (const key of keys) {
      const again = await setUp();
      await prepare?.(again);
      await breakKey(key);
      const unchanged = await dump();
      const isDone = await call(again).then(
        () => true,
        () => false,
      );
      if (!isDone && JSON.stringify(await dump()) !== JSON.stringify(unchanged)) half.push(key);
    }
    expect(half).toEqual([]);
  });
});
