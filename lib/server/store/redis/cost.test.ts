import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expiryOf } from '@/e2e/support/servers/expiry-of';
import { RedisServer } from '@/e2e/support/servers/redis';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { RedisKeys } from './keys';

const names = new RedisKeys();

let server: RedisServer;
let store: Store;
let admin: Redis;

beforeAll(async () => {
  server = await RedisServer.start();
  store = await openStore({ driver: 'redis', urls: [server.url] });
  admin = new Redis(server.url);
  // Caches every script on the server, so that none is sent twice in the tests.
  await runAllScripts(new SessionClient(store));
});

afterAll(async () => {
  admin?.disconnect();
  await store?.close();
  await server?.close();
});

async function runAllScripts(client: SessionClient): Promise<void> {
  await client.addTurns('warm-a', 'warm-b');
  await client.setHead('warm-a');
  await client.history();
  await store.sessions({ ...client.ref, limit: 5 });
  await store.removeTurn(client.turnRef('warm-a'));
  await store.restoreTurn(client.turnRef('warm-a'));
  await store.clear(client.ref);
  await store.remove(client.ref);
  await store.restore(client.ref);
}

/** Commands as Redis counts them, including those inside Lua, and how many of them were round trips. */
async function cost(work: () => Promise<unknown>): Promise<{ commands: number; trips: number }> {
  await admin.config('RESETSTAT');
  await work();
  const lines = (await admin.info('commandstats'))
    .split('\r\n')
    .filter((line) => line.startsWith('cmdstat_'));
  const calls = lines.map((line) => {
    const [, name = '', count = '0'] = /^cmdstat_(\S+?):calls=(\d+)/.exec(line) ?? [];
    return { name, count: Number(count) };
  });
  const ours = calls.filter(({ name }) => !name.startsWith('config') && name !== 'info');
  const sum = (some: typeof calls) => some.reduce((total, { count }) => total + count, 0);
  return { commands: sum(ours), trips: sum(ours.filter(({ name }) => name.startsWith('eval'))) };
}

async function withTurns(turns: number): Promise<SessionClient> {
  const client = new SessionClient(store);
  for (let n = 0; n < turns; n++) await client.addTurn(`t${n}`);
  return client;
}

describe('what a turn costs, in commands', () => {
  test.each<[string, number, number, Parameters<SessionClient['mustBegin']>[1]]>([
    ['the first', 18, 0, {}],
    ['the next', 18, 3, {}],
    // One command more: Redis 6 lacks the option GT of PEXPIREAT, so the script reads the latest expiry from
    // the index.
    ['a version', 19, 3, { parentId: 't1' }],
    ['one that is kept forever', 18, 3, { ttlMs: null }],
  ])(
    '%s of a session: begin, one save and the last write are at most %d',
    async (_, most, before, change) => {
      const client = await withTurns(before);
      const { turn } = client.request('x');
      const begin = await cost(() => client.mustBegin('x', change));
      const save = await cost(() => client.write('x', { turn }));
      const finish = await cost(() => client.write('x', { turn: { ...turn, status: 'done' }, preview: 'x' }));
      expect({ begin: begin.trips, save: save.trips, finish: finish.trips }).toEqual({
        begin: 1,
        save: 1,
        finish: 1,
      });
      expect(save.commands).toBeLessThanOrEqual(3);
      expect(begin.commands + save.commands + finish.commands).toBeLessThanOrEqual(most);
    },
  );

  test('a renewal is at most 3, and reading a turn to follow it is 1', async () => {
    const client = await withTurns(1);
    await client.mustBegin('x');
    expect((await cost(() => client.write('x'))).commands).toBeLessThanOrEqual(3);
    expect((await cost(() => client.turn('x'))).commands).toBe(1);
  });

  test('none of them grows with the session', { timeout: 60_000 }, async () => {
    const measure = async (turns: number) => {
      const client = await withTurns(turns);
      await store.removeTurn(client.turnRef('t2'));
      const { turn } = client.request('x');
      const last = { ...turn, status: 'done' as const };
      return {
        begin: await cost(() => client.mustBegin('x')),
        save: await cost(() => client.write('x', { turn })),
        finish: await cost(() => client.write('x', { turn: last })),
        newest: await cost(() => client.history(5)),
        older: await cost(() => client.history(3, 't8')),
        version: await cost(() => client.addTurn('y', { parentId: 't5' })),
        removeTurn: await cost(() => store.removeTurn(client.turnRef('t3'))),
        restoreTurn: await cost(() => store.restoreTurn(client.turnRef('t3'))),
        sessions: await cost(() => store.sessions({ ...client.ref, limit: 5 })),
        clear: await cost(() => store.clear(client.ref)),
        restore: await cost(() => store.restore(client.ref)),
        remove: await cost(() => store.remove(client.ref)),
      };
    };
    expect(await measure(1_000)).toEqual(await measure(10));
  });
});

test('all keys of a session expire together, and the index with its longest session', async () => {
  const client = new SessionClient(store);
  const short = { ttlMs: 3_600_000 };
  await client.addTurn('a', short);
  await client.addTurn('b', short);
  await store.removeTurn(client.turnRef('a'));
  const end = async (name: string) => sameEnd(await admin.keys(`confab:{${client.owner}}:${name}`));
  expect(await admin.keys(`confab:{${client.owner}}:*:*`)).toHaveLength(3);
  const first = await end('*:*');
  expectSame(await end('index'), first);

  const longer = new SessionClient(store, { owner: client.owner });
  await longer.addTurn('a');
  const longest = await end('index');
  expect(longest).toBeGreaterThan(first + 3_600_000);
  client.now += 60_000;
  await client.addTurn('c', short);
  expectSame(await end(`*:${client.sessionId}`), first + 60_000);
  expectSame(await end('index'), longest);
  await store.change({ ...client.ref, change: { ttlMs: null } });
  expect(await end(`*:${client.sessionId}`)).toBe(-1);
  expect(await end('index')).toBe(-1);
  await longer.addTurn('b');
  expect(await end('index')).toBe(-1);
  await store.change({ ...client.ref, change: { ttlMs: 1_000 } });
  expectSame(await end('index'), await end(`*:${longer.sessionId}`));
});

/** The time at which all of these keys expire. */
async function sameEnd(keys: readonly string[]): Promise<number> {
  const [first = 0, ...others] = await Promise.all(keys.map((key) => expiryOf(admin, key)));
  for (const other of others) expectSame(other, first);
  return first;
}

/** As exact as `expiryOf` is. */
const expectSame = (one: number, other: number) => expect(Math.abs(one - other)).toBeLessThan(100);

describe('what images cost', () => {
  test('a turn costs the same, however many images came before it', async () => {
    const begins = async (images: number) => {
      const client = await withTurns(2);
      for (let n = 0; n < images; n++)
        await client.addTurn(`i${n}`, { images: [await client.upload(randomBytes(9))] });
      return {
        plain: await cost(() => client.addTurn('x')),
        hoursLater: await cost(() => {
          client.now += 23 * 3_600_000;
          return client.addTurn('z');
        }),
        another: await cost(async () => client.addTurn('y', { images: [picture] })),
      };
    };
    const picture = await new SessionClient(store).upload(randomBytes(9));
    const [few, many] = [await begins(1), await begins(40)];
    expect(many).toEqual(few);
  });

  test('no value exceeds what Upstash accepts, and all keys of an image expire together', async () => {
    const client = await withTurns(0);
    const ref = await client.upload(randomBytes(2_000_000), 60_000);
    await client.addTurn('a', { images: [ref] });
    const keys = await admin.keys(`confab:{${client.owner}}:image:*`);
    expect(keys).toHaveLength(5);
    const sizes = await Promise.all(keys.filter((key) => /:\d$/.test(key)).map((key) => admin.strlen(key)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(700_000);
    const [session = ''] = names.session(client.ref);
    expect(await sameEnd(keys)).toBeGreaterThanOrEqual(await expiryOf(admin, session));
    expect(await admin.hget(session, 'turn:a')).toContain(ref.id);
    expect((await admin.hget(session, 'turn:a'))?.length).toBeLessThan(1_000);
  });
});

test('undo snapshots expire in Redis when they can no longer be restored', async () => {
  const client = await withTurns(2);
  await store.clear(client.ref);
  await client.addTurn('x');
  await store.remove(client.ref);
  const keys = await admin.keys(`confab:{${client.owner}}:*`);
  expect(keys.filter((key) => key.includes(':aside:'))).toHaveLength(4);
  for (const key of keys) expect(await admin.pttl(key)).toBeLessThanOrEqual(12 * 60_000);
  for (const key of keys) expect(await admin.pttl(key)).toBeGreaterThan(0);
});
