import { describe, expect, it, vi } from 'vitest';
import { keepAwake } from './keep-awake';

const next = vi.hoisted(() => ({ after: vi.fn() }));
vi.mock('next/server', () => next);

describe('work that has to end before a function is frozen', () => {
  it('is given to the platform', () => {
    const work = Promise.resolve();
    keepAwake(work);
    expect(next.after).toHaveBeenCalledExactlyOnceWith(work);
  });

  it('goes on by itself outside of a request', async () => {
    next.after.mockImplementation(() => {
      throw new Error('`after` was called outside a request scope.');
    });
    const work = Promise.withResolvers<void>();
    expect(() => keepAwake(work.promise)).not.toThrow();
    work.resolve();
    await work.promise;
  });
});
