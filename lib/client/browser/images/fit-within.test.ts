import { describe, expect, it } from 'vitest';
import { fitWithin } from './fit-within';

describe('fitWithin', () => {
  it.each([
    ['a photo is scaled by its longer side', [4032, 3024], [2048, 1536]],
    ['so is one that stands', [3024, 4032], [1536, 2048]],
    ['a small one is left as it is', [640, 480], [640, 480]],
    ['one that is just right too', [2048, 2048], [2048, 2048]],
    ['a very long strip keeps a pixel', [1, 100_000], [1, 2048]],
  ])('%s', (_name, [width = 0, height = 0], [wide, high]) => {
    expect(fitWithin({ width, height }, 2048)).toEqual({ width: wide, height: high });
  });
});
