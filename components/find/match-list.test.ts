import { describe, expect, it } from 'vitest';
import { type MatchCounts, matchAt, positionOf, totalOf } from './match-list';

const matches: MatchCounts = [
  { turnId: 'new', count: 2 },
  { turnId: 'old', count: 1 },
];

describe('match counts', () => {
  it('add up to a total', () => expect([totalOf(matches), totalOf([])]).toEqual([3, 0]));

  it.each([
    [0, { turnId: 'new', nth: 0 }],
    [1, { turnId: 'new', nth: 1 }],
    [2, { turnId: 'old', nth: 0 }],
    [3, { turnId: 'new', nth: 0 }],
    [-1, { turnId: 'old', nth: 0 }],
  ])('have at position %i the match %o, wrapping at both ends', (position, match) => {
    expect(matchAt(matches, position)).toEqual(match);
  });

  it('have no match at any position if there are none', () => expect(matchAt([], 0)).toBeNull());

  it.each([
    [{ turnId: 'new', nth: 1 }, 1],
    [{ turnId: 'old', nth: 0 }, 2],
    [{ turnId: 'new', nth: 2 }, -1],
    [{ turnId: 'gone', nth: 0 }, -1],
    [null, -1],
  ])('have %o at position %i', (match, position) => {
    expect(positionOf(matches, match)).toBe(position);
  });
});
