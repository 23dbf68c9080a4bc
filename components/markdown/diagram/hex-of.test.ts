import { describe, expect, it } from 'vitest';
import { hexOf } from './hex-of';

describe('hexOf', () => {
  it.each([
    ['oklch(1 0 0)', '#ffffff'],
    ['oklch(0 0 0)', '#000000'],
    ['oklch(62.8% 0.2577 29.23)', '#ff0000'],
    ['oklch(0.8664 0.2948 142.5)', '#00ff00'],
    ['oklch(0.452 0.3132 264.05)', '#0000ff'],
    ['oklch(0.5 0 none)', '#636363'],
    ['lab(100 0 0)', '#ffffff'],
    ['lab(98.3965 0.135779 1.90164)', '#fcfaf7'],
    ['lab(54.29 80.8049 69.891)', '#ff0000'],
    ['lab(29.5683 68.2874 -112.03)', '#0000ff'],
    ['rgb(1, 20, 255)', '#0114ff'],
  ])('%s is %s', (color, hex) => {
    expect(hexOf(color)).toBe(hex);
  });

  it.each(['#123456', 'oklch(0.5 0 0 / 0.5)', 'lab(50 0 0 / 0.5)', 'color(srgb 1 0 0)', ''])(
    'is null for %s',
    (color) => {
      expect(hexOf(color)).toBeNull();
    },
  );
});
