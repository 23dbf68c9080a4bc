import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { UpstashBridge } from '@/e2e/support/servers/upstash-bridge';
import type { StoreReason } from '@/lib/chat/errors';
import { Talk } from '../contract/talk';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { imageKey, sessionKeys } from './keys';

const UNAVAILABLE = { name: 'ChatError', code: 'store_unavailable', cause: expect.any(Error) };
const because = (reason: StoreReason) => ({ ...UNAVAILABLE, reason });

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

/** Until the store answers: it finds the server by itself, within its back-off. */
async function recovered(ask: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + 15_000;
  for (;;) {
    const error = await ask().then(
      () => undefined,
      (failure: unknown) => failure,
    );
    if (error === undefined) return;
    expect(error).toMatchObject(UNAVAILABLE);
    if (performance.now() > end) throw error;
    await pause(20);
  }
}

async function talked(on = store): Promise<Talk> {
  const talk = new Talk(on);
  await talk.sayAll('a', 'b', 'c');
  return talk;
}

function keysOf(talk: Talk): { session: string; shown: string; index: string } {
  const [session = '', shown = '', , index = ''] = sessionKeys(talk.ref);
  return { session, shown, index };
}

describe('a record that is not what was written', () => {
  test.each(['session', 'shown'] as const)(
    'a wrong type under the %s key: no empty history',
    async (name) => {
      const talk = await talked();
      await admin.set(keysOf(talk)[name], 'text');
      await expect(talk.history()).rejects.toMatchObject(because('corrupt_record'));
      await expect(talk.begin('d')).rejects.toMatchObject(UNAVAILABLE);
    },
  );

  test('a piece of an image is missing: said, neither none nor half, and whole once it is put again', async () => {
    const talk = new Talk(store);
    const bytes = randomBytes(1_200_000);
    const ref = await talk.upload(bytes);
    const key = imageKey({ owner: talk.owner, imageId: ref.id });
    await admin.del(`${key}:1`);
    await expect(talk.image(ref)).rejects.toMatchObject(because('corrupt_record'));
    await talk.upload(bytes);
    expect(Buffer.compare((await talk.image(ref))?.data ?? Buffer.of(), bytes)).toBe(0);
    await admin.set(`${key}:1`, 'short');
    await expect(talk.image(ref)).rejects.toMatchObject(because('corrupt_record'));
    await admin.del(key);
    expect(await talk.image(ref)).toBeNull();
    await admin.set(key, 'text');
    await expect(talk.image(ref)).rejects.toMatchObject(because('corrupt_record'));
  });

  test('a wrong type under the index: neither a list nor half a turn', async () => {
    const talk = await talked();
    const { index } = keysOf(talk);
    await admin.set(index, 'text');
    await expect(store.sessions({ ...talk.ref, limit: 5 })).rejects.toMatchObject(UNAVAILABLE);
    await expect(talk.begin('d')).rejects.toMatchObject(UNAVAILABLE);
    await expect(talk.begin('a2', { parentId: null })).rejects.toMatchObject(UNAVAILABLE);
    await admin.del(index);
    expect(await talk.shown()).toEqual(['a', 'b', 'c']);
    expect(await talk.say('d')).toMatchObject({ turn: { parentId: 'c' } });
  });

  test.each([
    ['turn:b', '{"v":1,"id":"b"'],
    ['turn:b', '{"v":2}'],
    ['turn:b', 'null'],
    ['side:b', 'nonsense'],
    ['side:b', 'sleeping 1 a 0'],
    ['title', 'no json'],
    ['v', '2'],
    ['createdAt', 'yesterday'],
  ])('%s is %s: unavailable, and the cause quotes nothing', async (field, value) => {
    const talk = await talked();
    await admin.hset(keysOf(talk).session, field, value);
    const failure = await talk.history().catch((error: Error) => error);
    expect(failure).toMatchObject(because('corrupt_record'));
    expect(String(failure instanceof Error && failure.cause)).not.toContain('says');
  });

  test('a turn that is missing is no shorter history', async () => {
    const talk = await talked();
    await admin.hdel(keysOf(talk).session, 'turn:b', 'side:b');
    await expect(talk.history()).rejects.toMatchObject(UNAVAILABLE);
  });

  test('a path that was evicted is built again from its turns', async () => {
    const talk = await talked();
    await admin.del(keysOf(talk).shown);
    expect(await talk.shown()).toEqual(['a', 'b', 'c']);
    await admin.del(keysOf(talk).shown);
    expect((await talk.say('d')).path.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(await talk.shown()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a session that was evicted leaves the list', async () => {
    const talk = await talked();
    await new Talk(store, { owner: talk.owner, sessionId: 'other' }).say('a');
    await admin.del(keysOf(talk).session);
    expect(await store.sessions({ ...talk.ref, limit: 1 })).toMatchObject({
      sessions: [{ id: 'other' }],
      total: 1,
      nextBefore: null,
    });
  });
});

describe('a server in trouble', () => {
  test('scripts that it has forgotten are sent again', async () => {
    const talk = await talked();
    await admin.script('FLUSH');
    expect(await talk.say('d')).toMatchObject({ kind: 'begun' });
  });

  test('read-only: nothing can be begun, the history can be read', async () => {
    const talk = await talked();
    await admin.replicaof('127.0.0.1', '1');
    onTestFinished(async () => {
      await admin.replicaof('NO', 'ONE');
    });
    await expect(talk.begin('d')).rejects.toMatchObject(because('read_only'));
    await expect(store.check()).rejects.toMatchObject(because('read_only'));
    expect(await talk.shown()).toEqual(['a', 'b', 'c']);
    await admin.replicaof('NO', 'ONE');
    expect(await talk.say('d')).toMatchObject({ kind: 'begun' });
  });

  test('out of memory: a begin is refused whole, and goes through when there is room', async () => {
    const talk = await talked();
    await admin.config('SET', 'maxmemory', '1');
    onTestFinished(async () => {
      await admin.config('SET', 'maxmemory', '0');
    });
    await expect(talk.begin('d')).rejects.toMatchObject(because('out_of_memory'));
    await expect(store.check()).rejects.toMatchObject(because('out_of_memory'));
    expect(await talk.shown()).toEqual(['a', 'b', 'c']);
    await admin.config('SET', 'maxmemory', '0');
    expect(await talk.say('d')).toMatchObject({ kind: 'begun', turn: { parentId: 'c' } });
  });

  test('an error tells its cause and none of what people typed', async () => {
    const talk = new Talk(store, { now: Date.now() });
    await admin.set(keysOf(talk).session, 'text');
    const failure = await talk.begin('a', { content: 'my secret words' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { message: expect.stringContaining('WRONGTYPE') } });
    expect(inspect(failure, { depth: 10 })).not.toContain('secret words');
  });
});

describe.each<[string, (server: RedisServer) => Promise<{ store: Store; close(): Promise<void> }>]>([
  [
    'over TCP',
    async ({ url }) => {
      const opened = await openStore({ driver: 'redis', urls: [url] });
      return { store: opened, close: () => opened.close() };
    },
  ],
  [
    'over REST',
    async ({ url }) => {
      const bridge = await UpstashBridge.start(url);
      const opened = await openStore({ driver: 'upstash', url: bridge.url, token: bridge.token });
      return { store: opened, close: () => bridge.close() };
    },
  ],
])('a server that dies, %s', (_, open) => {
  let own: RedisServer;
  let opened: { store: Store; close(): Promise<void> };

  beforeEach(async () => {
    own = await RedisServer.start({ appendOnly: true });
    opened = await open(own);
    return async () => {
      await opened.close();
      await own.close();
    };
  });

  test('is told quickly, and used again when it is back, with all that was acknowledged', async () => {
    const talk = await talked(opened.store);
    await own.stop('SIGKILL');
    const start = performance.now();
    await expect(talk.history()).rejects.toMatchObject(UNAVAILABLE);
    await expect(talk.begin('d')).rejects.toMatchObject(UNAVAILABLE);
    await expect(opened.store.check()).rejects.toMatchObject(because('unreachable'));
    expect(performance.now() - start).toBeLessThan(3_000);
    await own.start();
    await recovered(() => opened.store.check());
    expect(await talk.shown()).toEqual(['a', 'b', 'c']);
    await talk.say('d');
  });

  test('a store may be opened before its server', async () => {
    await own.stop();
    const early = await open(own);
    onTestFinished(() => early.close());
    await expect(early.store.check()).rejects.toMatchObject(because('unreachable'));
    opened = early;
    await own.start();
    await recovered(() => opened.store.check());
  });
});

test('a Cluster that lost a master says so, and is used again when it is back', {
  timeout: 30_000,
}, async () => {
  const cluster = await startRedisCluster();
  const opened = await openStore({ driver: 'redis', urls: cluster.urls });
  onTestFinished(async () => {
    await opened.close();
    await cluster.close();
  });
  const talks = Array.from({ length: 60 }, () => new Talk(opened));
  for (const talk of talks) await talk.say('a');
  const [lost] = cluster.nodes;
  await lost?.stop('SIGKILL');
  const start = performance.now();
  const failures = await Promise.allSettled(talks.map((talk) => talk.history()));
  expect(performance.now() - start).toBeLessThan(3_000);
  const reasons = failures.flatMap((failure) => (failure.status === 'rejected' ? [failure.reason] : []));
  expect(reasons).not.toEqual([]);
  for (const reason of reasons) expect(reason).toMatchObject(UNAVAILABLE);
  await lost?.start();
  await recovered(async () => {
    for (const owner of talks) await new Talk(opened, { owner: owner.owner }).say('b');
  });
});

test('a server that does not answer is given 2 s', { timeout: 15_000 }, async () => {
  const talk = await talked();
  await admin.client('PAUSE', 30_000, 'ALL');
  const start = performance.now();
  await expect(talk.history()).rejects.toMatchObject(because('slow'));
  expect(performance.now() - start).toBeLessThan(3_000);
});

test('a wrong token is unavailable, not empty', async () => {
  const own = await RedisServer.start();
  const bridge = await UpstashBridge.start(own.url);
  onTestFinished(async () => {
    await bridge.close();
    await own.close();
  });
  const foreign = await openStore({ driver: 'upstash', url: bridge.url, token: 'wrong' });
  const talk = new Talk(foreign);
  const failure = await talk.begin('a', { content: 'my secret words' }).catch((error: unknown) => error);
  expect(failure).toMatchObject(because('auth'));
  expect(inspect(failure, { depth: 10 })).not.toContain('secret words');
});
