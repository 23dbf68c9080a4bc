import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModelTimeouts } from './model-timeouts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const start = (caller = new AbortController().signal) =>
  createModelTimeouts(caller, { firstTokenMs: 1_000, stallMs: 100 });

describe('the patience with a model', () => {
  it('waits for the first text as long as it was told, and not longer', () => {
    const patience = start();
    vi.advanceTimersByTime(999);
    expect(patience.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect([patience.signal.aborted, patience.lost()]).toEqual([true, true]);
  });

  it('begins anew with every sign of life', () => {
    const patience = start();
    for (let n = 0; n < 50; n += 1) {
      patience.heard();
      vi.advanceTimersByTime(99);
    }
    expect(patience.lost()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(patience.lost()).toBe(true);
  });

  it('waits for the counts of a whole reply no longer than for text', () => {
    const patience = start();
    patience.heard();
    patience.linger(20);
    vi.advanceTimersByTime(20);
    expect(patience.lost()).toBe(true);
    const short = start();
    short.linger(5_000);
    vi.advanceTimersByTime(100);
    expect(short.lost()).toBe(true);
  });

  it('ends with the caller’s signal, which is no loss', () => {
    const caller = new AbortController();
    const patience = start(caller.signal);
    caller.abort();
    expect([patience.signal.aborted, patience.lost()]).toEqual([true, false]);
    expect(start(AbortSignal.abort()).signal.aborted).toBe(true);
  });

  it('leaves no timer and nothing open behind', () => {
    const patience = start();
    patience.heard();
    patience.end();
    expect(patience.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(patience.lost()).toBe(false);
  });
});
