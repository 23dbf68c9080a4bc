import { describe, expect, it } from 'vitest';
import { tabForKey } from './tab-for-key';

describe('tabForKey, of three tabs', () => {
  it.each<[string, number, number | null]>([
    ['ArrowDown', 0, 1],
    ['ArrowRight', 1, 2],
    ['ArrowDown', 2, 0],
    ['ArrowUp', 0, 2],
    ['ArrowLeft', 2, 1],
    ['Home', 2, 0],
    ['End', 0, 2],
    ['Enter', 0, null],
    ['a', 1, null],
  ])('%s from %d leads to %j', (key, from, to) => {
    expect(tabForKey(key, from, 3)).toBe(to);
  });
});
