import { validate, version } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isId } from '@/lib/chat/ids';
import { newId } from './new-id';

afterEach(() => vi.useRealTimers());

describe('a new id', () => {
  it('is a UUID of version 7, and an id of ours', () => {
    for (const id of Array.from({ length: 200 }, newId)) {
      expect([validate(id), version(id), isId(id)]).toEqual([true, 7, true]);
    }
  });

  it('is another one each time, and later ones sort behind', () => {
    const ids = Array.from({ length: 2_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('holds the time', () => {
    vi.useFakeTimers({ now: Date.now() + 60_000 });
    expect(Number.parseInt(newId().replace('-', '').slice(0, 12), 16)).toBe(Date.now());
  });

  it('still sorts behind when the clock is set back', () => {
    const before = newId();
    vi.useFakeTimers({ now: 1_000 });
    expect([before, newId()].toSorted()[0]).toBe(before);
  });

  it('has all four variants, and random bits everywhere else', () => {
    const ids = Array.from({ length: 400 }, newId);
    expect(new Set(ids.map((id) => id[19])).size).toBe(4);
    for (const at of [15, 16, 17, 20, 24, 35]) expect(new Set(ids.map((id) => id[at])).size).toBe(16);
  });
});
