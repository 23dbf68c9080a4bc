import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModelTimeouts } from './model-timeouts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const start = (caller = new AbortController().signal) =>
  createModelTimeouts(caller, { firstTokenMs: 1_000, stallMs: 100 });

describe('the timeouts of a call to a model', () => {
  it('end the call when no text has come within the first-token time', () => {
    const timeouts = start();
    vi.advanceTimersByTime(999);
    expect(timeouts.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect([timeouts.signal.aborted, timeouts.timedOut()]).toEqual([true, true]);
  });

  it('start again with every part that arrives', () => {
    const timeouts = start();
    for (let n = 0; n < 50; n += 1) {
      timeouts.received();
      vi.advanceTimersByTime(99);
    }
    expect(timeouts.timedOut()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(timeouts.timedOut()).toBe(true);
  });

  it('wait for the token counts of a whole reply no longer than for text', () => {
    const timeouts = start();
    timeouts.received();
    timeouts.awaitUsage(20);
    vi.advanceTimersByTime(20);
    expect(timeouts.timedOut()).toBe(true);
    const short = start();
    short.awaitUsage(5_000);
    vi.advanceTimersByTime(100);
    expect(short.timedOut()).toBe(true);
  });

  it('end the call with the caller’s signal, which is not a timeout', () => {
    const caller = new AbortController();
    const timeouts = start(caller.signal);
    caller.abort();
    expect([timeouts.signal.aborted, timeouts.timedOut()]).toEqual([true, false]);
    expect(start(AbortSignal.abort()).signal.aborted).toBe(true);
  });

  it('leave no timer and no open call behind', () => {
    const timeouts = start();
    timeouts.received();
    timeouts.end();
    expect(timeouts.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(timeouts.timedOut()).toBe(false);
  });
});
