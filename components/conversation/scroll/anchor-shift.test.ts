import { describe, expect, it } from 'vitest';
import { type Part, shiftOf } from './anchor-shift';

const part = (offset: number, height = 100): Part => ({ offset, height });
const still = { scrolled: 0, reflowed: false };

describe('shiftOf', () => {
  it.each<[string, Part, Part, { scrolled: number; reflowed: boolean }, number]>([
    ['nothing happened: nothing moves', part(20), part(20), still, 0],
    ['older turns came above: the view follows', part(20), part(4020), still, 4000],
    ['a fold above closed', part(20), part(-280), still, -300],
    ['the person scrolled: that is meant', part(20), part(-80), { ...still, scrolled: 100 }, 0],
    ['scrolled while something grew above', part(20), part(220), { ...still, scrolled: 100 }, 300],
    ['the part itself grew, below the edge', part(-30, 100), part(-30, 500), still, 0],
    ['the browser rounded', part(20.4), part(20), still, 0],
    [
      'turned: what is whole stays where it is',
      part(20, 100),
      part(50, 300),
      { scrolled: 0, reflowed: true },
      30,
    ],
    [
      'turned: a part cut in its middle stays so',
      part(-50, 100),
      part(-50, 300),
      { scrolled: 0, reflowed: true },
      100,
    ],
    ['turned: a part without height', part(-5, 0), part(-5, 0), { scrolled: 0, reflowed: true }, 0],
  ])('%s', (_name, held, now, change, shift) => {
    expect(shiftOf(held, now, change)).toBe(shift);
  });
});
