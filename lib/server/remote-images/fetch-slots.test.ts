import { expect, it } from 'vitest';
import { FetchSlots } from './fetch-slots';

const HOUR_MS = 3_600_000;
const fetched = async () => 'image';
const never = () => new Promise<never>(() => undefined);

it('runs at most eight fetches at once, and four of one owner', async () => {
  const slots = new FetchSlots();
  const begin = (owner: string) => void slots.run({ owner, perHour: null, now: 0 }, never);
  for (const owner of ['a', 'a', 'a', 'a']) begin(owner);
  await expect(slots.run({ owner: 'a', perHour: null, now: 0 }, fetched)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 1_000,
  });
  expect(await slots.run({ owner: 'b', perHour: null, now: 0 }, fetched)).toBe('image');
  for (const owner of ['b', 'b', 'c', 'd']) begin(owner);
  await expect(slots.run({ owner: 'e', perHour: null, now: 0 }, fetched)).rejects.toMatchObject({
    code: 'rate_limited',
  });
});

it('frees the slot of a fetch that fails', async () => {
  const slots = new FetchSlots();
  for (let time = 0; time < 20; time += 1)
    await expect(
      slots.run({ owner: 'a', perHour: null, now: 0 }, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
});

it('lets an owner begin so many in an hour, and says when the next may begin', async () => {
  const slots = new FetchSlots();
  const at = (owner: string, now: number) => slots.run({ owner, perHour: 2, now }, fetched);
  await at('a', 0);
  await at('a', 1_000);
  await expect(at('a', 2_000)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: HOUR_MS - 2_000,
  });
  expect(await at('b', 2_000)).toBe('image');
  expect(await at('a', HOUR_MS)).toBe('image');
});
