import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { MockLanguageModelV4 } from 'ai/test';
import { describe, expect, it, vi } from 'vitest';
import { statusOf } from '@/lib/chat/chat-error';
import { parseSend } from '@/lib/server/http/request-schemas';
import { storeUpload } from '@/lib/server/images/store-upload';
import { aNewPng } from '@/lib/server/images/testing/sample-images';
import type { Services } from '@/lib/server/services';
import { readHistory } from '@/lib/server/sessions/read-history';
import { dayOf } from '@/lib/server/store/limits';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from '@/lib/server/turns/begin-turn';
import { stopTurn } from '@/lib/server/turns/stop-turn';
import { StorageGauge } from './storage-gauge';

const ADDRESS = '203.0.113.7';
const PUBLIC = { HOST: '0.0.0.0', OPENAI_API_KEY: 'unused', OPENAI_MODELS: 'fake' };

/** A server whose model sends these parts, and then ends or (`hold`) says nothing more. */
async function aServer(
  variables: Record<string, string>,
  parts: LanguageModelV4StreamPart[] = [],
  { hold = false } = {},
): Promise<Services & { model: MockLanguageModelV4 }> {
  const services = await openTestServices({ ...PUBLIC, ...variables });
  const model = new MockLanguageModelV4({
    doStream: async ({ abortSignal }) => ({
      stream: new ReadableStream({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          if (!hold) return controller.close();
          abortSignal?.addEventListener('abort', () => controller.error(abortSignal.reason));
        },
      }),
    }),
  });
  services.catalog = { ...services.catalog, languageModel: () => model };
  return { ...services, model };
}

const delta = (text: string): LanguageModelV4StreamPart => ({ type: 'text-delta', id: 'text', delta: text });
const finish = (input: number, output: number): LanguageModelV4StreamPart => ({
  type: 'finish',
  finishReason: { unified: 'stop', raw: 'stop' },
  usage: {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  },
});

let count = 0;
async function send(services: Services, { owner = 'me', address = ADDRESS, sessionId = '' } = {}) {
  count += 1;
  const body = {
    sessionId: sessionId || `s${count}`,
    turnId: `t${count}`,
    assistantId: 'teacher',
    content: 'hi',
  };
  const { run, ref } = await beginTurn(services, owner, parseSend(body), 'en', { address });
  return { run, ref, turn: await run?.ended };
}

async function refused(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (typeof error !== 'object' || error === null || !('code' in error))
    throw new Error('it was not refused');
  return error;
}

describe('what a guest may use', () => {
  it('twenty turns in a minute begin, and the next says in how many seconds it may', async () => {
    const services = await aServer({}, [delta('hello'), finish(1, 1)]);
    for (let n = 0; n < 20; n++) await send(services);
    const error = await refused(send(services));
    expect(error).toMatchObject({ code: 'rate_limited', reason: undefined });
    const { retryAfterMs } = error as { retryAfterMs?: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(3_000);
    await send(services, { owner: 'another' });
  });

  it('four replies run at once; a fifth waits until one has ended', async () => {
    const services = await aServer({}, [delta('hello')], { hold: true });
    const refs = [];
    for (let n = 0; n < 4; n++) {
      count += 1;
      const body = { sessionId: `s${count}`, turnId: `t${count}`, assistantId: 'teacher', content: 'hi' };
      refs.push((await beginTurn(services, 'me', parseSend(body), 'en', { address: ADDRESS })).ref);
    }
    expect(await refused(send(services))).toMatchObject({
      code: 'rate_limited',
      reason: 'replies',
      retryAfterMs: 2_000,
    });
    if (refs[0]) await stopTurn(services, refs[0]);
    count += 1;
    const body = { sessionId: `s${count}`, turnId: `t${count}`, assistantId: 'teacher', content: 'hi' };
    expect((await beginTurn(services, 'me', parseSend(body), 'en', { address: ADDRESS })).run).not.toBeNull();
    await services.runs.close({ graceMs: 0, saveMs: 1_000 });
  });

  it.each([
    ['of a guest', { DAILY_TOKENS: '100' }],
    ['of the server', { SERVER_DAILY_TOKENS: '100' }],
  ])('the tokens of a day %s end it until midnight in UTC', async (_, variables) => {
    const services = await aServer(variables, [delta('hello'), finish(60, 40)]);
    await send(services);
    const error = await refused(send(services));
    expect(error).toMatchObject({ code: 'quota_exceeded', reason: 'tokens' });
    const untilMidnight = (dayOf(Date.now()) + 1) * 86_400_000 - Date.now();
    expect(error).toHaveProperty('retryAfterMs', expect.closeTo(untilMidnight, -4));
  });

  it('the cost of a day is counted for a model with a price in the table', async () => {
    const services = await aServer({ DAILY_COST: '0.0001', OPENAI_MODELS: 'gpt-4o-mini' }, [
      delta('hello'),
      finish(1_000, 1_000),
    ]);
    await send(services);
    expect(await refused(send(services))).toMatchObject({ code: 'quota_exceeded', reason: 'cost' });
  });

  it('the cost of a day is counted if the model has a price', async () => {
    const services = await aServer({ DAILY_COST: '0.5' }, [delta('hello'), finish(100_000, 100_000)]);
    await send(services);
    await send(services);
    const price = { input: 1, output: 5, source: 'the test', asOf: '2026-11-25' };
    services.catalog = { ...services.catalog, priceOf: () => price };
    await send(services);
    expect(await refused(send(services))).toMatchObject({ code: 'quota_exceeded', reason: 'cost' });
  });

  it('a reply that is stopped before the provider’s count is counted by its length', async () => {
    const services = await aServer({ DAILY_TOKENS: '5000' }, [delta('word '.repeat(4_000))], { hold: true });
    count += 1;
    const body = { sessionId: `s${count}`, turnId: `t${count}`, assistantId: 'teacher', content: 'hi' };
    const { run, ref } = await beginTurn(services, 'me', parseSend(body), 'en', { address: ADDRESS });
    await vi.waitFor(() => expect(run?.turn.reply.content).not.toBe(''));
    await stopTurn(services, ref);
    expect(await refused(send(services))).toMatchObject({ code: 'quota_exceeded', reason: 'tokens' });
  });

  it('storage that text has filled takes neither a turn nor an image', async () => {
    const services = await aServer({ GUEST_STORAGE_MB: '0.1' }, [delta('x'.repeat(110_000)), finish(1, 1)]);
    await send(services);
    const full = { code: 'quota_exceeded', reason: 'storage', retryAfterMs: undefined };
    expect(await refused(send(services))).toMatchObject(full);
    expect(await refused(storeUpload(services, 'me', aNewPng(), ADDRESS))).toMatchObject(full);
    await storeUpload(services, 'another', aNewPng(), ADDRESS);
  });

  it('images have a rate of their own', async () => {
    const services = await aServer({ IMAGES_PER_HOUR: '2' });
    for (let n = 0; n < 2; n++) await storeUpload(services, 'me', aNewPng(), ADDRESS);
    expect(await refused(storeUpload(services, 'me', aNewPng(), ADDRESS))).toMatchObject({
      code: 'rate_limited',
      reason: 'images',
    });
  });
});

describe('what an address may use', () => {
  it('of two hundred new guests at once, thirty are let in', async () => {
    const services = await aServer({}, [delta('hello'), finish(1, 1)]);
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, n) => send(services, { owner: `guest${n}` })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
    expect(await refused(send(services, { owner: 'late' }))).toMatchObject({
      code: 'rate_limited',
      reason: 'address',
      retryAfterMs: expect.closeTo(120_000, -4),
    });
    await send(services, { owner: 'late', address: '203.0.113.8' });
  });
});

describe('the size of things', () => {
  it('an endless reply ends at 400,000 characters, and the call of the model with it', async () => {
    const services = await aServer({}, Array(50).fill(delta('x'.repeat(10_000))), { hold: true });
    const { turn } = await send(services);
    expect(turn).toMatchObject({ status: 'done', finishReason: 'length' });
    expect(turn?.reply.content).toHaveLength(400_000);
    expect(services.model.doStreamCalls[0]?.abortSignal?.aborted).toBe(true);
  });

  it('one part of 30 MB is cut like many small ones, and no character is split', async () => {
    const services = await aServer({}, [delta(`x${'🙂'.repeat(7_500_000)}`)], { hold: true });
    const { turn } = await send(services);
    expect(turn?.finishReason).toBe('length');
    expect(turn?.reply.content).toHaveLength(400_000);
    expect(turn?.reply.content.isWellFormed()).toBe(true);
  });

  it('reasoning counts, too', async () => {
    const part = { type: 'reasoning-delta', id: 'r', delta: 'x'.repeat(250_000) } as const;
    const services = await aServer({}, [part, part, part], { hold: true });
    const { turn } = await send(services);
    expect(turn?.reply.reasoning).toHaveLength(400_000);
  });

  it('a page of history ends before it is larger than 2 MB', async () => {
    const services = await aServer({ HOST: '127.0.0.1' }, [delta('x'.repeat(390_000)), finish(1, 1)]);
    for (let n = 0; n < 12; n++) await send(services, { sessionId: 'long' });
    const page = await readHistory(services, { owner: 'me', sessionId: 'long' }, { limit: 200 });
    expect(JSON.stringify(page).length).toBeLessThan(2_000_000);
    expect(page.turns).toHaveLength(5);
    expect(page.total).toBe(12);
    expect(page.nextBefore).toBe(page.turns[0]?.id);
  });

  it('the model gets the maximum length of its reply, if one is set', async () => {
    const limited = await aServer({ MAX_OUTPUT_TOKENS: '700' }, [delta('hello'), finish(1, 1)]);
    await send(limited);
    expect(limited.model.doStreamCalls[0]?.maxOutputTokens).toBe(700);
    const free = await aServer({}, [delta('hello'), finish(1, 1)]);
    await send(free);
    expect(free.model.doStreamCalls[0]?.maxOutputTokens).toBeUndefined();
  });
});

describe('the storage of the server', () => {
  it('takes no turn and no image from anybody once it has the size that is set', async () => {
    const services = await aServer({ STORAGE_MB: '0.01' }, [delta('hello'), finish(1, 1)]);
    await services.storage.measure();
    const full = { code: 'quota_exceeded', reason: 'storage' };
    expect(await refused(send(services))).toMatchObject(full);
    expect(await refused(storeUpload(services, 'me', aNewPng(), ADDRESS))).toMatchObject(full);
  });

  it('is measured again after a while, and no request waits for it', async () => {
    let now = 0;
    let bytes = 5;
    const storedBytes = vi.fn(async () => bytes);
    const gauge = new StorageGauge({ storedBytes }, 10, () => now);
    for (let n = 0; n < 5; n++) expect(gauge.isFull()).toBe(false);
    expect(storedBytes).toHaveBeenCalledTimes(1);
    await gauge.measure();
    bytes = 11;
    now = 10_000;
    expect(gauge.isFull()).toBe(false);
    await gauge.measure();
    expect(gauge.isFull()).toBe(true);
  });

  it('is full as soon as this process has written that much, without a new measurement', async () => {
    const services = await aServer({ STORAGE_MB: '1', IMAGES_PER_HOUR: '0' });
    await services.storage.measure();
    const upload = (n: number) =>
      storeUpload(services, `guest${n}`, aNewPng({ width: 320, height: 320, noise: true }), ADDRESS);
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => upload(n)));
    const stored = results.filter(({ status }) => status === 'fulfilled').length;
    expect(stored).toBeGreaterThanOrEqual(2);
    expect(stored).toBeLessThanOrEqual(4);
  });

  it('is not filled by repeated uploads of one picture, or by refused ones', async () => {
    const services = await aServer({ STORAGE_MB: '2', IMAGES_PER_HOUR: '1' });
    await services.storage.measure();
    const picture = () => aNewPng({ width: 320, height: 320, noise: true });
    const same = picture();
    for (let n = 0; n < 10; n++) await storeUpload(services, 'one', same, ADDRESS);
    for (let n = 0; n < 10; n++)
      expect(await refused(storeUpload(services, 'one', picture(), ADDRESS))).toMatchObject({
        code: 'rate_limited',
      });
    await storeUpload(services, 'another', picture(), ADDRESS);
  });

  it('is not limited if the store cannot tell its size or does not answer', async () => {
    const silent = new StorageGauge({ storedBytes: async () => null }, 10);
    await silent.measure();
    expect(silent.isFull()).toBe(false);
    const away = new StorageGauge({ storedBytes: async () => Promise.reject(new Error('away')) }, 10);
    await away.measure();
    expect(away.isFull()).toBe(false);
  });
});

it('every refusal is a 429', () => {
  expect([statusOf('rate_limited'), statusOf('quota_exceeded')]).toEqual([429, 429]);
});
