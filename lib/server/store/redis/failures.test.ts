import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { UpstashBridge } from '@/e2e/support/servers/upstash-bridge';
import type { StoreReason } from '@/lib/chat/errors';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { RedisKeys } from './keys';

const keys = new RedisKeys();

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

/** Resolves when the store answers again, which takes as long as its back-off. */
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

async function withTurns(on = store): Promise<SessionClient> {
  const client = new SessionClient(on);
  await client.addTurns('a', 'b', 'c');
  return client;
}

function keysOf(client: SessionClient): { session: string; shown: string; index: string } {
  const [session = '', shown = '', , index = ''] = keys.session(client.ref);
  return { session, shown, index };
}

describe('a damaged record', () => {
  test.each(['session', 'shown'] as const)(
    'a %s key of the wrong type is an error, not an empty history',
    async (name) => {
      const client = await withTurns();
      await admin.set(keysOf(client)[name], 'text');
      await expect(client.history()).rejects.toMatchObject(because('corrupt_record'));
      await expect(client.begin('d')).rejects.toMatchObject(UNAVAILABLE);
    },
  );

  test('an image without one of its pieces is an error until it is uploaded again', async () => {
    const client = new SessionClient(store);
    const bytes = randomBytes(1_200_000);
    const ref = await client.upload(bytes);
    const key = keys.image({ owner: client.owner, imageId: ref.id });
    await admin.del(`${key}:1`);
    await expect(client.image(ref)).rejects.toMatchObject(because('corrupt_record'));
    await client.upload(bytes);
    expect(Buffer.compare((await client.image(ref))?.data ?? Buffer.of(), bytes)).toBe(0);
    await admin.set(`${key}:1`, 'short');
    await expect(client.image(ref)).rejects.toMatchObject(because('corrupt_record'));
    await admin.del(key);
    expect(await client.image(ref)).toBeNull();
    await admin.set(key, 'text');
    await expect(client.image(ref)).rejects.toMatchObject(because('corrupt_record'));
  });

  test('an index of the wrong type fails lists and begins, and stores no half turn', async () => {
    const client = await withTurns();
    const { index } = keysOf(client);
    await admin.set(index, 'text');
    await expect(store.sessions({ ...client.ref, limit: 5 })).rejects.toMatchObject(UNAVAILABLE);
    await expect(client.begin('d')).rejects.toMatchObject(UNAVAILABLE);
    await expect(client.begin('a2', { parentId: null })).rejects.toMatchObject(UNAVAILABLE);
    await admin.del(index);
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    expect(await client.addTurn('d')).toMatchObject({ turn: { parentId: 'c' } });
  });

  test.each([
    ['turn:b', '{"v":1,"id":"b"'],
    ['turn:b', 'null'],
    ['side:b', 'nonsense'],
    ['side:b', 'sleeping 1 a 0'],
    ['title', 'no json'],
    ['createdAt', 'yesterday'],
  ])('a field %s of %s is an error that quotes no content', async (field, value) => {
    const client = await withTurns();
    await admin.hset(keysOf(client).session, field, value);
    const failure = await client.history().catch((error: Error) => error);
    expect(failure).toMatchObject(because('corrupt_record'));
    expect(String(failure instanceof Error && failure.cause)).not.toContain('says');
  });

  test.each([
    ['turn:b', '{"v":2}'],
    ['v', '2'],
  ])('a field %s of %s is of a newer release', async (field, value) => {
    const client = await withTurns();
    await admin.hset(keysOf(client).session, field, value);
    await expect(client.history()).rejects.toMatchObject(because('newer_record'));
  });

  test('a missing turn is an error, not a shorter history', async () => {
    const client = await withTurns();
    await admin.hdel(keysOf(client).session, 'turn:b', 'side:b');
    await expect(client.history()).rejects.toMatchObject(UNAVAILABLE);
  });

  test('an evicted path is rebuilt from the turns', async () => {
    const client = await withTurns();
    await admin.del(keysOf(client).shown);
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    await admin.del(keysOf(client).shown);
    expect((await client.addTurn('d')).path.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(await client.shownIds()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('an evicted session is dropped from the list', async () => {
    const client = await withTurns();
    await new SessionClient(store, { owner: client.owner, sessionId: 'other' }).addTurn('a');
    await admin.del(keysOf(client).session);
    expect(await store.sessions({ ...client.ref, limit: 1 })).toMatchObject({
      sessions: [{ id: 'other' }],
      total: 1,
      nextBefore: null,
    });
  });
});

describe('a failing server', () => {
  test('gets scripts again when it has forgotten them', async () => {
    const client = await withTurns();
    await admin.script('FLUSH');
    expect(await client.addTurn('d')).toMatchObject({ kind: 'begun' });
  });

  test('still answers reads when it is read-only', async () => {
    const client = await withTurns();
    await admin.replicaof('127.0.0.1', '1');
    onTestFinished(async () => {
      await admin.replicaof('NO', 'ONE');
    });
    await expect(client.begin('d')).rejects.toMatchObject(because('read_only'));
    await expect(store.check()).rejects.toMatchObject(because('read_only'));
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    await admin.replicaof('NO', 'ONE');
    expect(await client.addTurn('d')).toMatchObject({ kind: 'begun' });
  });

  test('refuses a whole begin when it is out of memory, and recovers', async () => {
    const client = await withTurns();
    await admin.config('SET', 'maxmemory', '1');
    onTestFinished(async () => {
      await admin.config('SET', 'maxmemory', '0');
    });
    await expect(client.begin('d')).rejects.toMatchObject(because('out_of_memory'));
    await expect(store.check()).rejects.toMatchObject(because('out_of_memory'));
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    await admin.config('SET', 'maxmemory', '0');
    expect(await client.addTurn('d')).toMatchObject({ kind: 'begun', turn: { parentId: 'c' } });
  });

  test('causes errors with a cause and without user text', async () => {
    const client = new SessionClient(store, { now: Date.now() });
    await admin.set(keysOf(client).session, 'text');
    const failure = await client.begin('a', { content: 'my secret words' }).catch((error: unknown) => error);
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

  test('fails calls quickly, and is used again when it is back, with everything acknowledged', async () => {
    const client = await withTurns(opened.store);
    await own.stop('SIGKILL');
    const start = performance.now();
    await expect(client.history()).rejects.toMatchObject(UNAVAILABLE);
    await expect(client.begin('d')).rejects.toMatchObject(UNAVAILABLE);
    await expect(opened.store.check()).rejects.toMatchObject(because('unreachable'));
    expect(performance.now() - start).toBeLessThan(3_000);
    await own.start();
    await recovered(() => opened.store.check());
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    await client.addTurn('d');
  });

  test('may start after the store was opened', async () => {
    await own.stop();
    const early = await open(own);
    onTestFinished(() => early.close());
    await expect(early.store.check()).rejects.toMatchObject(because('unreachable'));
    opened = early;
    await own.start();
    await recovered(() => opened.store.check());
  });
});

test('a Cluster fails calls while a master is down, and recovers with it', {
  timeout: 30_000,
}, async () => {
  const cluster = await startRedisCluster();
  const opened = await openStore({ driver: 'redis', urls: cluster.urls });
  onTestFinished(async () => {
    await opened.close();
    await cluster.close();
  });
  const clients = Array.from({ length: 60 }, () => new SessionClient(opened));
  for (const client of clients) await client.addTurn('a');
  const [lost] = cluster.nodes;
  await lost?.stop('SIGKILL');
  const start = performance.now();
  const failures = await Promise.allSettled(clients.map((client) => client.history()));
  expect(performance.now() - start).toBeLessThan(3_000);
  const reasons = failures.flatMap((failure) => (failure.status === 'rejected' ? [failure.reason] : []));
  expect(reasons).not.toEqual([]);
  for (const reason of reasons) expect(reason).toMatchObject(UNAVAILABLE);
  await lost?.start();
  await recovered(async () => {
    for (const owner of clients) await new SessionClient(opened, { owner: owner.owner }).addTurn('b');
  });
});

test('a server that does not answer fails calls after 2 s', { timeout: 15_000 }, async () => {
  const client = await withTurns();
  await admin.call('client', 'pause', 30_000);
  const start = performance.now();
  await expect(client.history()).rejects.toMatchObject(because('slow'));
  expect(performance.now() - start).toBeLessThan(3_000);
});

describe('Upstash', () => {
  const html = (text: string) => `<html><body><h1>${text}</h1></body></html>`;
  let own: RedisServer;
  let bridge: UpstashBridge;
  let upstash: Store;
  beforeAll(async () => {
    own = await RedisServer.start();
    bridge = await UpstashBridge.start(own.url);
    upstash = await openStore({ driver: 'upstash', url: bridge.url, token: bridge.token });
    return async () => {
      await bridge.close();
      await own.close();
    };
  });

  test.each<[StoreReason, number, string]>([
    [
      'quota',
      429,
      JSON.stringify({ error: 'ERR max requests limit exceeded. Limit: 500000, Usage: 500001.' }),
    ],
    ['quota', 429, JSON.stringify({ error: 'Too Many Requests' })],
    ['quota', 429, html('429 Too Many Requests')],
    ['quota', 429, 'Rate limit exceeded'],
    ['quota', 400, JSON.stringify({ error: 'ERR DB capacity quota exceeded' })],
    ['misconfigured', 404, JSON.stringify({ error: 'Not Found' })],
    ['misconfigured', 404, html('404 Not Found')],
    ['misconfigured', 404, '404 page not found'],
    [
      'too_big',
      400,
      JSON.stringify({ error: 'ERR max request size exceeded. Limit: 1048576 bytes, Actual: 2097152 bytes' }),
    ],
    ['too_big', 400, JSON.stringify({ error: 'ERR max single record size exceeded' })],
    ['too_big', 413, html('413 Request Entity Too Large')],
    ['unreachable', 502, html('502 Bad Gateway')],
    ['unreachable', 503, ''],
    ['auth', 401, JSON.stringify({ error: 'Unauthorized' })],
    [
      'auth',
      400,
      JSON.stringify({ error: "NOPERM this user has no permissions to run the 'evalsha' command" }),
    ],
  ])('that answers is %s: %d %s', async (reason, status, body) => {
    const client = new SessionClient(upstash);
    await client.addTurn('a');
    bridge.answer = { status, body };
    onTestFinished(() => {
      bridge.answer = null;
    });
    const failure = await client.begin('b', { content: 'my secret words' }).catch((error: unknown) => error);
    expect(failure).toMatchObject(because(reason));
    expect(inspect(failure, { depth: 10 })).not.toContain('secret words');
    bridge.answer = null;
    expect(await client.addTurn('b')).toMatchObject({ kind: 'begun' });
  });
});

test('a wrong token is an error, not an empty store', async () => {
  const own = await RedisServer.start();
  const bridge = await UpstashBridge.start(own.url);
  onTestFinished(async () => {
    await bridge.close();
    await own.close();
  });
  const foreign = await openStore({ driver: 'upstash', url: bridge.url, token: 'wrong' });
  const client = new SessionClient(foreign);
  const failure = await client.begin('a', { content: 'my secret words' }).catch((error: unknown) => error);
  expect(failure).toMatchObject(because('auth'));
  expect(inspect(failure, { depth: 10 })).not.toContain('secret words');
});
