import { describe, expect, it } from 'vitest';
import { fillWindow, guessHeight } from './fill-window';

const WIDE = 1280;
const PHONE = 390;

describe('filling a window with turns', () => {
  it.each([
    ['no text', '', 0],
    ['a word', 'Yes.', 1],
    ['lines of code, empty ones not counted', 'a\nb\n\nc', 3],
    ['a paragraph of ten lines', 'x'.repeat(860), 10],
  ])('%s', (_, text, lines) => {
    expect(guessHeight(text, WIDE)).toBe(guessHeight('', WIDE) + lines * 27);
  });

  it('guesses the same text taller on a phone', () => {
    expect(guessHeight('x'.repeat(860), PHONE)).toBeGreaterThan(1.5 * guessHeight('x'.repeat(860), WIDE));
  });

  const ids = Array.from({ length: 50 }, (_, n) => String(n));
  it.each([
    ['takes one turn that is taller than the window', 5000, ['0']],
    ['takes as many as are needed', 400, ['0', '1', '2']],
    ['takes at most twelve', 10, ids.slice(0, 12)],
  ])('%s', (_, height, filling) => {
    expect(fillWindow(ids, { height: 860, windows: 1.2 }, () => height)).toEqual(filling);
  });

  it('takes all where there are not enough', () => {
    expect(fillWindow(['a'], { height: 860, windows: 2 }, () => 10)).toEqual(['a']);
    expect(fillWindow([], { height: 860, windows: 2 }, () => 10)).toEqual([]);
  });
});
