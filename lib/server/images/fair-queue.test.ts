import { expect, it } from 'vitest';
import { FairQueue } from './fair-queue';

it('does one piece at a time, and those who wait take turns', async () => {
  const queue = new FairQueue();
  const done: string[] = [];
  let running = 0;
  const add = (of: string, name: string) =>
    queue.run(of, async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      done.push(name);
    });
  await Promise.all([
    ...['a1', 'a2', 'a3', 'a4'].map((name) => add('a', name)),
    ...['b1', 'b2'].map((name) => add('b', name)),
    add('c', 'c1'),
  ]);
  expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  await add('d', 'd1');
  expect(done).toContain('d1');
});

it('goes on after a piece that fails', async () => {
  const queue = new FairQueue();
  const results = await Promise.allSettled([
    queue.run('a', async () => Promise.reject(new Error('no'))),
    queue.run('a', async () => 'yes'),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});
