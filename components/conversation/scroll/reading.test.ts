import { describe, expect, it } from 'vitest';
import { isReading } from './reading';

/** A view of 200 px on 1,000 px. */
const at = (top: number, height = 1000) => ({ top, height, view: 200 });

describe('isReading', () => {
  it.each<[string, boolean, number, boolean, boolean]>([
    ['at the end', false, 800, false, true],
    ['at the end, after a bounce', true, 800, true, true],
    ['scrolled down', false, 300, true, true],
    ['at the very top', true, 0, true, false],
    ['pulled beyond the top', true, -20, true, false],
  ])('%s', (_, isUp, top, before, expected) => {
    expect(isReading(at(top), isUp ? -50 : 50, before)).toBe(expected);
  });

  it('ends when the reader scrolls up', () => expect(isReading(at(300), -50, true)).toBe(false));
  it.each([true, false])('does not change while nothing moves: %s', (before) => {
    expect(isReading(at(300), 0, before)).toBe(before);
    expect(isReading(at(300), -1, before)).toBe(before);
  });
  it('is false if everything fits', () => expect(isReading(at(0, 150), 0, true)).toBe(false));
});
