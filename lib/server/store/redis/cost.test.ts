import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { Talk } from '../contract/talk';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { sessionKeys } from './keys';

let server: RedisServer;
let store: Store;
let admin: Redis;

beforeAll(async () => {
  server = await RedisServer.start();
  store = await openStore({ driver: 'redis', urls: [server.url] });
  admin = new Redis(server.url);
  // The server knows every script from here on: none is counted twice for being sent in full.
  await story(new Talk(store));
});

afterAll(async () => {
  admin?.disconnect();
  await store?.close();
  await server?.close();
});

async function story(talk: Talk): Promise<void> {
  await talk.sayAll('warm-a', 'warm-b');
  await talk.choose('warm-a');
  await talk.history();
  await store.sessions({ ...talk.ref, limit: 5 });
  await store.removeTurn(talk.turnRef('warm-a'));
  await store.restoreTurn(talk.turnRef('warm-a'));
  await store.clear(talk.ref);
  await store.remove(talk.ref);
  await store.restore(talk.ref);
}

/** Commands that Redis counted, those inside Lua too; and how many of them came over the wire. */
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

async function talked(turns: number): Promise<Talk> {
  const talk = new Talk(store);
  for (let n = 0; n < turns; n++) await talk.say(`t${n}`);
  return talk;
}

describe('what a turn costs, in commands', () => {
  test.each<[string, number, Parameters<Talk['begun']>[1]]>([
    ['the first', 0, {}],
    ['the next', 3, {}],
    ['a version', 3, { parentId: 't1' }],
    ['one that is kept for ever', 3, { ttlMs: null }],
  ])('%s of a session: begin, one save and the end are at most 18', async (_, before, change) => {
    const talk = await talked(before);
    const { turn } = talk.request('x');
    const begin = await cost(() => talk.begun('x', change));
    const save = await cost(() => talk.write('x', { turn }));
    const finish = await cost(() => talk.write('x', { turn: { ...turn, status: 'done' }, preview: 'x' }));
    expect({ begin: begin.trips, save: save.trips, finish: finish.trips }).toEqual({
      begin: 1,
      save: 1,
      finish: 1,
    });
    expect(save.commands).toBeLessThanOrEqual(3);
    expect(begin.commands + save.commands + finish.commands).toBeLessThanOrEqual(18);
  });

  test('a renewal is at most 3, a look at a followed turn is 1', async () => {
    const talk = await talked(1);
    await talk.begun('x');
    expect((await cost(() => talk.write('x'))).commands).toBeLessThanOrEqual(3);
    expect((await cost(() => talk.stored('x'))).commands).toBe(1);
  });

  test('none of it grows with the conversation', { timeout: 60_000 }, async () => {
    const measure = async (turns: number) => {
      const talk = await talked(turns);
      await store.removeTurn(talk.turnRef('t2'));
      const { turn } = talk.request('x');
      const last = { ...turn, status: 'done' as const };
      return {
        begin: await cost(() => talk.begun('x')),
        save: await cost(() => talk.write('x', { turn })),
        finish: await cost(() => talk.write('x', { turn: last })),
        newest: await cost(() => talk.history(5)),
        older: await cost(() => talk.history(3, 't8')),
        version: await cost(() => talk.say('y', { parentId: 't5' })),
        removeTurn: await cost(() => store.removeTurn(talk.turnRef('t3'))),
        restoreTurn: await cost(() => store.restoreTurn(talk.turnRef('t3'))),
        sessions: await cost(() => store.sessions({ ...talk.ref, limit: 5 })),
        clear: await cost(() => store.clear(talk.ref)),
        restore: await cost(() => store.restore(talk.ref)),
        remove: await cost(() => store.remove(talk.ref)),
      };
    };
    expect(await measure(1_000)).toEqual(await measure(10));
  });
});

test('all keys of a session have one end, renewed together; the index lives as long as its longest', async () => {
  const talk = new Talk(store);
  const short = { ttlMs: 3_600_000 };
  await talk.say('a', short);
  await talk.say('b', short);
  await store.removeTurn(talk.turnRef('a'));
  const ends = async (name: string) => {
    const keys = await admin.keys(`confab:{${talk.owner}}:${name}`);
    return new Set(await Promise.all(keys.map((key) => admin.pexpiretime(key))));
  };
  expect(await admin.keys(`confab:{${talk.owner}}:*:*`)).toHaveLength(3);
  const [end, ...others] = await ends('*:*');
  expect(others).toEqual([]);
  expect(await ends('index')).toEqual(new Set([end]));

  const longer = new Talk(store, { owner: talk.owner });
  await longer.say('a');
  const [longest = 0] = await ends('index');
  expect(longest).toBeGreaterThan((end ?? 0) + 3_600_000);
  talk.now += 60_000;
  await talk.say('c', short);
  expect(await ends(`*:${talk.sessionId}`)).toEqual(new Set([(end ?? 0) + 60_000]));
  expect(await ends('index')).toEqual(new Set([longest]));
  await store.change({ ...talk.ref, change: { ttlMs: null } });
  expect(await ends(`*:${talk.sessionId}`)).toEqual(new Set([-1]));
  expect(await ends('index')).toEqual(new Set([-1]));
});

describe('what images cost', () => {
  test('a turn costs the same, however many images came before it', async () => {
    const begins = async (images: number) => {
      const talk = await talked(2);
      for (let n = 0; n < images; n++)
        await talk.say(`i${n}`, { images: [await talk.upload(randomBytes(9))] });
      return {
        plain: await cost(() => talk.say('x')),
        hoursLater: await cost(() => {
          talk.now += 23 * 3_600_000;
          return talk.say('z');
        }),
        another: await cost(async () => talk.say('y', { images: [picture] })),
      };
    };
    const picture = await new Talk(store).upload(randomBytes(9));
    const [few, many] = [await begins(1), await begins(40)];
    expect(many).toEqual(few);
  });

  test('no value is longer than a request to Upstash may be, and all of an image ends together', async () => {
    const talk = await talked(0);
    const ref = await talk.upload(randomBytes(2_000_000), 60_000);
    await talk.say('a', { images: [ref] });
    const keys = await admin.keys(`confab:{${talk.owner}}:image:*`);
    expect(keys).toHaveLength(5);
    const sizes = await Promise.all(keys.filter((key) => /:\d$/.test(key)).map((key) => admin.strlen(key)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(700_000);
    expect(new Set(await Promise.all(keys.map((key) => admin.pexpiretime(key)))).size).toBe(1);
    const [session = ''] = sessionKeys(talk.ref);
    expect(await admin.pexpiretime(keys[0] ?? '')).toBeGreaterThanOrEqual(await admin.pexpiretime(session));
    expect(await admin.hget(session, 'turn:a')).toContain(ref.id);
    expect((await admin.hget(session, 'turn:a'))?.length).toBeLessThan(1_000);
  });
});

test('what was taken away is gone from Redis itself when it can no longer be undone', async () => {
  const talk = await talked(2);
  await store.clear(talk.ref);
  await talk.say('x');
  await store.remove(talk.ref);
  const keys = await admin.keys(`confab:{${talk.owner}}:*`);
  expect(keys.filter((key) => key.includes(':aside:'))).toHaveLength(4);
  for (const key of keys) expect(await admin.pttl(key)).toBeLessThanOrEqual(12 * 60_000);
  for (const key of keys) expect(await admin.pttl(key)).toBeGreaterThan(0);
});
