import { describe, expect, it } from 'vitest';
import { StorePulse } from './store-pulse';

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
