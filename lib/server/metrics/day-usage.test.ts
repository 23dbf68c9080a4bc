import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { hashed } from '@/lib/server/log';
import { dayOf } from '@/lib/server/store/limits';
import { openStore } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';
import { countsOf, DayUsage, OTHER_GUESTS } from './day-usage';

const MIDNIGHT = Date.UTC(2026, 10, 25);
const DAY = dayOf(MIDNIGHT);

const aTurn = (change: Partial<Turn> = {}): Turn => ({
  ...startTurn({ id: 't', assistantId: 'teacher', content: 'Hello', model: 'openai:gpt', now: 0 }),
  status: 'done',
  usage: { inputTokens: 10, outputTokens: 5 },
  ...change,
});

let now = MIDNIGHT;
let counters: Store;
let usage: DayUsage;

beforeEach(async () => {
  vi.useFakeTimers();
  now = MIDNIGHT + 3_600_000;
  counters = await openStore({ driver: 'sqlite', path: ':memory:' });
  usage = new DayUsage(() => now);
  usage.connect(counters);
});

afterEach(() => vi.useRealTimers());

const today = async () => (await usage.read([dayOf(now)]))[0] ?? {};

describe('the use of a day', () => {
  it('is counted by status, tokens, model and hashed guest', async () => {
    usage.countTurn('owner-1', aTurn());
    usage.countTurn('owner-1', aTurn({ status: 'failed', usage: undefined }));
    usage.countTurn('owner-2', aTurn());
    usage.countLimitHit('rate_limited');
    const counts = await today();
    const table = (kind: Parameters<typeof countsOf>[1]) => Object.fromEntries(countsOf(counts, kind));
    expect(table('status')).toEqual({ done: 2, failed: 1 });
    expect(table('tokens')).toEqual({ input: 20, output: 10 });
    expect(table('model-turns')).toEqual({ 'openai:gpt': 3 });
    expect(table('model-tokens')).toEqual({ 'openai:gpt': 30 });
    expect(table('guest-turns')).toEqual({ [hashed('owner-1')]: 2, [hashed('owner-2')]: 1 });
    expect(table('limit')).toEqual({ rate_limited: 1 });
    expect(JSON.stringify(counts)).not.toContain('owner-1');
  });

  it('costs the store one call for all turns of five seconds', async () => {
    const addToDay = vi.spyOn(counters, 'addToDay');
    for (let n = 0; n < 50; n += 1) usage.countTurn('owner', aTurn());
    expect(addToDay).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(addToDay).toHaveBeenCalledTimes(1);
  });

  it('is counted on the right day, even around midnight', async () => {
    now = MIDNIGHT + 86_400_000 - 1;
    usage.countTurn('owner', aTurn());
    now += 2;
    usage.countTurn('owner', aTurn());
    const days = await usage.read([DAY, DAY + 1]);
    expect(days.map((counts) => countsOf(counts, 'status').get('done'))).toEqual([1, 1]);
  });

  it('waits while the store fails, and is counted once', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(counters, 'addToDay').mockRejectedValueOnce(new Error('down'));
    usage.countTurn('owner', aTurn());
    await usage.flush();
    usage.countTurn('owner', aTurn());
    expect(countsOf(await today(), 'status').get('done')).toBe(2);
  });

  it('is counted together for all guests beyond the first 200', async () => {
    for (let n = 0; n < 300; n += 1) usage.countTurn(`owner-${n}`, aTurn());
    const guests = countsOf(await today(), 'guest-turns');
    expect([guests.size, guests.get(OTHER_GUESTS)]).toEqual([201, 100]);
  });
});
