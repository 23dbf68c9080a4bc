import { describe, expect, it } from 'vitest';
import { frozenOrder } from './frozen-order';

describe('frozenOrder', () => {
  it.each<[string, string, string, string]>([
    ['keeps the order when a reply moves a conversation up', 'abc', 'cab', 'abc'],
    ['keeps the order when one is pinned', 'abc', 'bac', 'abc'],
    ['keeps the place of one that was deleted', 'abc', 'ca', 'abc'],
    ['puts a new one last', 'abc', 'xabc', 'abcx'],
    ['puts the next page after what is shown', 'cab', 'abcdef', 'cabdef'],
    ['shows a restored one where it was', 'abc', 'abc', 'abc'],
    ['shows a first page as it is', '', 'abc', 'abc'],
  ])('%s', (_, shown, current, order) => {
    expect(frozenOrder([...shown], [...current])).toEqual([...order]);
  });
});
