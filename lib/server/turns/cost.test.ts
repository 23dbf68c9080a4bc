import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { RedisServer } from '@/e2e/support/servers/redis';
import { parseSend } from '@/lib/server/http/request-schemas';
import type { Services } from '@/lib/server/services';
import { dayOf } from '@/lib/server/store/limits';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from './begin-turn';
import { followRun } from './follow-turn';

/** What a turn costs, in commands and bytes: unlike the times of `npm run bench`, these do not vary. */
let redis: RedisServer;
let admin: Redis;
let fake: FakeOpenAI;
let services: Services;
/** On the same Redis, with every limit on. */
let limited: Services;

beforeAll(async () => {
  [redis, fake] = await Promise.all([RedisServer.start(), startFakeOpenAI()]);
  admin = new Redis(redis.url);
  services = await openTestServices({
    OPENAI_BASE_URL: fake.baseUrl,
    OPENAI_MODELS: 'fake',
    REDIS_URL: redis.url,
  });
  limited = await openTestServices({
    OPENAI_BASE_URL: fake.baseUrl,
    OPENAI_MODELS: 'fake',
    REDIS_URL: redis.url,
    HOST: '0.0.0.0',
    DAILY_TOKENS: '1000000',
    DAILY_COST: '100',
    SERVER_DAILY_TOKENS: '1000000000',
    SERVER_DAILY_COST: '1000',
  });
  // From here on Redis has every script cached, so none is sent twice.
  await read('warm', 'hello');
});

afterAll(async () => {
  admin?.disconnect();
  await services?.store.close();
  await limited?.store.close();
  await fake?.close();
  await redis?.close();
});

async function begin(turnId: string, content: string, on = services) {
  const send = parseSend({ sessionId: `s-${turnId}`, assistantId: 'teacher', turnId, content });
  const { run } = await beginTurn(on, 'me', send, 'en', { address: '203.0.113.7' });
  if (!run) throw new Error('the turn was not begun here');
  return run;
}

/** The frames that a reader of the whole turn receives. */
async function read(turnId: string, content: string, on = services): Promise<string[]> {
  const run = await begin(turnId, content, on);
  const text = await new Response(followRun(run)).text();
  return text.split('\n\n').filter(Boolean);
}

/** Resolves after this many writes to the store. */
function writes(count: number): Promise<void> {
  return new Promise((resolve) => {
    const { store } = services;
    const write = store.write.bind(store);
    let left = count;
    const spy = vi.spyOn(store, 'write').mockImplementation(async (request) => {
      const result = await write(request);
      left -= 1;
      if (left === 0) {
        spy.mockRestore();
        resolve();
      }
      return result;
    });
  });
}

/** The commands since the last call, those inside Lua included, and the round trips. */
async function counted(): Promise<{ commands: number; trips: number }> {
  const lines = (await admin.info('commandstats')).matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm);
  const calls = Array.from(lines, ([, name = '', count]) => ({ name, count: Number(count) })).filter(
    ({ name }) => !name.startsWith('config') && name !== 'info',
  );
  await admin.config('RESETSTAT');
  const sum = (some: typeof calls) => some.reduce((total, { count }) => total + count, 0);
  return { commands: sum(calls), trips: sum(calls.filter(({ name }) => name.startsWith('eval'))) };
}

it('a short turn waits for the store once before its first token and once at its end, 18 commands in all', async () => {
  await counted();
  const run = await begin('short', '[[hold]] short');
  expect((await counted()).trips).toBe(1);
  await fake.received('short');
  fake.release({ contains: 'short' });
  await run.ended;
  expect((await counted()).trips).toBe(1);

  await read('whole', 'whole');
  const { commands, trips } = await counted();
  expect(trips).toBe(2);
  expect(commands).toBeLessThanOrEqual(18);
});

it('with every limit on, a turn has the same two round trips, and 8 commands more', async () => {
  await read('warm-limits', 'hello', limited);
  const costOf = async (turnId: string, on: Services) => {
    await counted();
    const run = await begin(turnId, `[[hold]] ${turnId}`, on);
    const first = await counted();
    await fake.received(turnId);
    fake.release({ contains: turnId });
    await run.ended;
    const last = await counted();
    return { trips: [first.trips, last.trips], commands: first.commands + last.commands };
  };
  const before = await costOf('unlimited', services);
  const after = await costOf('restricted', limited);
  expect(after.trips).toEqual([1, 1]);
  expect(before.trips).toEqual([1, 1]);
  expect(after.commands - before.commands).toBeLessThanOrEqual(8);
  const [day] = await limited.store.dayCounts([dayOf(Date.now())]);
  expect(day?.tokens).toBeGreaterThan(0);
});

it('a streaming turn costs the store one to four commands a second', async () => {
  const run = await begin('long', '[[hold]] long');
  await counted();
  const startedAt = Date.now();
  await writes(3);
  const seconds = (Date.now() - startedAt) / 1_000;
  const { commands, trips } = await counted();
  expect(trips).toBe(3);
  expect(seconds).toBeLessThanOrEqual(3);
  expect(commands / seconds).toBeLessThanOrEqual(4);
  run.halt('stopped');
  await run.ended;
});

it('a token is one event, with at most 40 bytes on the wire besides its text', async () => {
  const words = Array.from({ length: 50 }, (_, n) => `word${n}`);
  const frames = await read('wire', words.join(' '));
  const events = frames.map((frame) => JSON.parse(frame.slice('data: '.length)));
  expect([events[0].type, events.at(-1).type]).toEqual(['turn', 'end']);
  const tokens = events.filter(({ type }) => type === 'content');
  expect(tokens.length).toBe(events.length - 2);
  // The fake model sends a chunk for each word of its echo, which is the question and another line.
  expect(tokens.length).toBeGreaterThanOrEqual(words.length);
  const lengths = frames.slice(1, -1).map((frame, at) => frame.length + 2 - tokens[at].content.length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(42);
});

it('the events of a turn are encoded once, however many listen', async () => {
  const run = await begin('shared', '[[hold]] shared');
  const heard: Uint8Array[][] = [[], [], []];
  for (const frames of heard)
    run.listen(
      (_, frame) => frames.push(frame),
      () => {},
    );
  await fake.received('shared');
  fake.release({ contains: 'shared' });
  await run.ended;
  const [first = [], ...others] = heard;
  expect(first.length).toBeGreaterThan(5);
  for (const frames of others) for (const [at, frame] of frames.entries()) expect(frame).toBe(first[at]);
});
