import { describe, expect, it } from 'vitest';
import { type Found, matchAt, positionOf, totalOf } from './match-list';

const found: Found = [
  { turnId: 'new', count: 2 },
  { turnId: 'old', count: 1 },
];

describe('a list of matches', () => {
  it('is counted', () => expect([totalOf(found), totalOf([])]).toEqual([3, 0]));

  it.each([
    [0, { turnId: 'new', nth: 0 }],
    [1, { turnId: 'new', nth: 1 }],
    [2, { turnId: 'old', nth: 0 }],
    [3, { turnId: 'new', nth: 0 }],
    [-1, { turnId: 'old', nth: 0 }],
  ])('has at %i %o, going round at its ends', (position, match) => {
    expect(matchAt(found, position)).toEqual(match);
  });

  it('has nothing where nothing was found', () => expect(matchAt([], 0)).toBeNull());

  it.each([
    [{ turnId: 'new', nth: 1 }, 1],
    [{ turnId: 'old', nth: 0 }, 2],
    [{ turnId: 'new', nth: 2 }, -1],
    [{ turnId: 'gone', nth: 0 }, -1],
    [null, -1],
  ])('tells where %o stands: %i', (match, position) => {
    expect(positionOf(found, match)).toBe(position);
  });
});
