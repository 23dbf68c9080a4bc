import { describe, expect, it } from 'vitest';
import type { ImageRef } from './turn';
import { wordingsOf } from './wordings';

const image = (id: string): ImageRef => ({ id, type: 'image/png', width: 1, height: 1 });
const said = (id: string, content: string, ...images: string[]) => ({
  id,
  user: { content, images: images.map(image) },
});

describe('the versions of a turn, by what was said', () => {
  it.each([
    ['one reply after another to the same words', [said('a', 'x'), said('b', 'x')], [['a', 'b']]],
    ['an edit', [said('a', 'x'), said('b', 'y')], [['a'], ['b']]],
    [
      'an edit, and both asked again',
      [said('a', 'x'), said('b', 'y'), said('c', 'x'), said('d', 'y')],
      [
        ['a', 'c'],
        ['b', 'd'],
      ],
    ],
    [
      'other images are other words',
      [said('a', 'x', '1'), said('b', 'x', '2'), said('c', 'x', '1')],
      [['a', 'c'], ['b']],
    ],
    ['nothing', [], []],
  ])('%s', (_, versions, groups) => {
    expect(wordingsOf(versions)).toEqual(groups);
  });
});
