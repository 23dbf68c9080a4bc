import { describe, expect, it } from 'vitest';
import { anchorShift, type Box } from './anchor-shift';

const box = (offset: number, height = 100): Box => ({ offset, height });
const still = { scrolled: 0, hasReflowed: false };

describe('anchorShift', () => {
  it.each<[string, Box, Box, { scrolled: number; hasReflowed: boolean }, number]>([
    ['does nothing when nothing moved', box(20), box(20), still, 0],
    ['follows when older turns are added above', box(20), box(4020), still, 4000],
    ['follows when a section above closes', box(20), box(-280), still, -300],
    ['keeps what the reader scrolled', box(20), box(-80), { ...still, scrolled: 100 }, 0],
    [
      'adds to what the reader scrolled when something grew above',
      box(20),
      box(220),
      { ...still, scrolled: 100 },
      300,
    ],
    ['ignores growth below the edge', box(-30, 100), box(-30, 500), still, 0],
    ['ignores rounding', box(20.4), box(20), still, 0],
    [
      'keeps a whole element where it is after a reflow',
      box(20, 100),
      box(50, 300),
      { scrolled: 0, hasReflowed: true },
      30,
    ],
    [
      'keeps an element cut at the same share after a reflow',
      box(-50, 100),
      box(-50, 300),
      { scrolled: 0, hasReflowed: true },
      100,
    ],
    ['ignores an element without height', box(-5, 0), box(-5, 0), { scrolled: 0, hasReflowed: true }, 0],
  ])('%s', (_name, before, now, change, shift) => {
    expect(anchorShift(before, now, change)).toBe(shift);
  });
});
