import { describe, expect, it } from 'vitest';
import { isUpwardTouch } from './upward-intent';

describe('isUpwardTouch', () => {
  it.each<[string, number | null, number | undefined, boolean]>([
    ['a finger that moves down pulls the view up', 100, 140, true],
    ['a finger that moves up does not', 100, 60, false],
    ['a finger that only trembles does not', 100, 102, false],
    ['a touch that started outside the view does not', null, 140, false],
    ['a touch without a finger does not', 100, undefined, false],
  ])('%s', (_name, start, now, expected) => {
    expect(isUpwardTouch(start, now)).toBe(expected);
  });
});
