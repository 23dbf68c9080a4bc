import { describe, expect, it, vi } from 'vitest';
import { LazyPart } from './lazy-part';
import { prefetch } from './use-prefetch';

describe('LazyPart', () => {
  it('loads once for all callers', async () => {
    const source = vi.fn(async () => 'part');
    const part = new LazyPart(source);
    expect(await Promise.all([part.load(), part.load()])).toEqual(['part', 'part']);
    expect(await part.load()).toBe('part');
    expect(source).toHaveBeenCalledOnce();
    expect(part.value).toBe('part');
  });

  it('resolves with null if loading fails, and tries again on the next call', async () => {
    const source = vi.fn(async () => 'part').mockRejectedValueOnce(new Error('offline'));
    const part = new LazyPart(source);
    expect(await part.load()).toBeNull();
    expect([part.value, part.wasTried]).toEqual([null, true]);
    expect(await part.load()).toBe('part');
  });

  it('notifies its subscribers of every attempt that has ended', async () => {
    const part = new LazyPart(vi.fn(async () => 'part').mockRejectedValueOnce(new Error('offline')));
    const seen: unknown[] = [];
    const unsubscribe = part.subscribe(() => seen.push(part.value));
    await part.load();
    await part.load();
    unsubscribe();
    expect(seen).toEqual([null, 'part']);
  });
});

describe('prefetch', () => {
  const signal = () => new AbortController().signal;

  it('loads one part at a time, in order, each after an idle moment', async () => {
    const log: string[] = [];
    const partOf = (name: string) =>
      new LazyPart(async () => {
        log.push(`${name} starts`);
        await Promise.resolve();
        log.push(`${name} ends`);
        return name;
      });
    await prefetch([partOf('a'), partOf('b')], async () => log.push('idle'), signal());
    expect(log).toEqual(['idle', 'a starts', 'a ends', 'idle', 'b starts', 'b ends']);
  });

  it('stops at a part that does not load', async () => {
    const next = new LazyPart(async () => 'next');
    await prefetch(
      [new LazyPart(() => Promise.reject(new Error('offline'))), next],
      async () => {},
      signal(),
    );
    expect(next.wasTried).toBe(false);
  });

  it('stops when it is aborted', async () => {
    const part = new LazyPart(async () => 'part');
    await prefetch([part], async () => {}, AbortSignal.abort());
    expect(part.wasTried).toBe(false);
  });
});
