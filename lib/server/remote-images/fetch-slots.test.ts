import { expect, it } from 'vitest';
import { FetchSlots } from './fetch-slots';

const fetched = async () => 'image';
const never = () => new Promise<never>(() => undefined);

it('runs at most eight fetches at once, and four of one owner', async () => {
  const slots = new FetchSlots();
  const begin = (owner: string) => void slots.run(owner, never);
  for (const owner of ['a', 'a', 'a', 'a']) begin(owner);
  await expect(slots.run('a', fetched)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 1_000,
  });
  expect(await slots.run('b', fetched)).toBe('image');
  for (const owner of ['b', 'b', 'c', 'd']) begin(owner);
  await expect(slots.run('e', fetched)).rejects.toMatchObject({
    code: 'rate_limited',
  });
});

it('frees the slot of a fetch that fails', async () => {
  const slots = new FetchSlots();
  for (let time = 0; time < 20; time += 1)
    await expect(slots.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
