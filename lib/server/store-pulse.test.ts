import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STEADY_MS, StorePulse, WATCH_MS } from './store-pulse';

type Step = ['answer' | 'fail' | 'wait', number];

const steadyAfter = (steps: Step[]): number => {
  let now = 1_000_000;
  const pulse = new StorePulse(() => now);
  for (const [what, ms] of steps) {
    now += ms;
    if (what === 'answer') pulse.answered();
    if (what === 'fail') pulse.failed();
  }
  return pulse.steadyMs();
};

describe('how long the store has answered without a gap', () => {
  it.each<[string, Step[], number]>([
    ['never called', [], 0],
    ['a single answer', [['answer', 0]], 0],
    [
      'answers close together',
      [
        ['answer', 0],
        ['answer', 4_000],
        ['answer', 4_000],
      ],
      8_000,
    ],
    [
      'up to now',
      [
        ['answer', 0],
        ['answer', 4_000],
        ['wait', 3_000],
      ],
      7_000,
    ],
    [
      'a long silence is a gap',
      [
        ['answer', 0],
        ['answer', 6_000],
      ],
      0,
    ],
    [
      'a silence up to now too',
      [
        ['answer', 0],
        ['answer', 4_000],
        ['wait', 6_000],
      ],
      0,
    ],
    [
      'a failure is a gap',
      [
        ['answer', 0],
        ['answer', 4_000],
        ['fail', 100],
      ],
      0,
    ],
    [
      'counted anew after a failure',
      [
        ['answer', 0],
        ['fail', 100],
        ['answer', 100],
        ['answer', 2_000],
      ],
      2_000,
    ],
  ])('%s', (_, steps, expected) => {
    expect(steadyAfter(steps)).toBe(expected);
  });

  it('reports a recovery once', () => {
    const pulse = new StorePulse(() => 0);
    let recoveries = 0;
    pulse.onRecovery(() => {
      recoveries += 1;
    });
    pulse.answered();
    pulse.failed();
    pulse.failed();
    pulse.answered();
    pulse.answered();
    expect(recoveries).toBe(1);
  });
});

describe('waiting until the store is steady', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Waits with a store that answers unless `isDown`. `outcome`: undefined while it waits. */
  function aWait() {
    const pulse = new StorePulse();
    const state: { isDown: boolean; checks: number; outcome: boolean | undefined } = {
      ...{ isDown: false, checks: 0, outcome: undefined },
    };
    const check = async () => {
      state.checks += 1;
      if (state.isDown) throw new Error('down');
      pulse.answered();
    };
    const wait = () => void pulse.untilSteady(check).then((isSteady) => (state.outcome = isSteady));
    wait();
    return { pulse, state, check, wait };
  }

  it('ends as soon as the store has answered without a gap, and not before', async () => {
    const { state } = aWait();
    await vi.advanceTimersByTimeAsync(STEADY_MS - 1_000);
    expect(state.outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state.outcome).toBe(true);
  });

  it('gives up on a store that does not answer, and leaves no timer behind', async () => {
    const { state } = aWait();
    state.isDown = true;
    await vi.advanceTimersByTimeAsync(WATCH_MS + 2_000);
    expect(state.outcome).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('starts to count again after a failure', async () => {
    const { state, wait } = aWait();
    await vi.advanceTimersByTimeAsync(8_000);
    state.isDown = true;
    await vi.advanceTimersByTimeAsync(1_000);
    state.isDown = false;
    await vi.advanceTimersByTimeAsync(WATCH_MS - 9_000);
    expect(state.outcome).toBeUndefined();
    wait();
    await vi.advanceTimersByTimeAsync(STEADY_MS);
    expect(state.outcome).toBe(true);
  });

  it('takes one watch for all who wait, for as long as the last of them needs', async () => {
    const { pulse, state, check } = aWait();
    state.isDown = true;
    await vi.advanceTimersByTimeAsync(WATCH_MS - 2_000);
    state.isDown = false;
    const late = pulse.untilSteady(check);
    const before = state.checks;
    await vi.advanceTimersByTimeAsync(STEADY_MS + 1_000);
    expect(await late).toBe(true);
    expect(state.checks - before).toBeLessThanOrEqual(STEADY_MS / 1_000 + 1);
  });
});
