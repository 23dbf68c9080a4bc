import { describe, expect, it } from 'vitest';
import { gapOf, nextPin, type Pin, type PinEvent } from './scroll-pin';

/** A window of 500 onto 2,000: the bottom is at 1,500. */
const at = (top: number, pinned: boolean, height = 2000, view = 500): Pin => ({
  ...{ top, height, view, pinned },
  news: false,
});
const scroll = (top: number, height = 2000, view = 500): PinEvent => ({
  type: 'scroll',
  place: { top, height, view },
});
const resize = (top: number, height: number, view = 500): PinEvent => ({
  type: 'resize',
  place: { top, height, view },
});

describe('nextPin', () => {
  it.each<[string, Pin, PinEvent[], boolean]>([
    ['stays pinned while text arrives', at(1500, true), [resize(1500, 2040), scroll(1540, 2040)], true],
    ['stays pinned when text arrives between two scrolls', at(1500, true), [scroll(1500, 2400)], true],
    ['a wheel upwards unpins before anything moved', at(1500, true), [{ type: 'up' }], false],
    ['one pixel upwards unpins', at(1500, true), [{ type: 'up' }, scroll(1499)], false],
    ['the scrollbar dragged upwards unpins', at(1500, true), [scroll(1200)], false],
    ['a small drag upwards that stays within the slack unpins', at(1500, true), [scroll(1498)], false],
    ['text that arrives does not pin again', at(900, false), [resize(900, 2600)], false],
    ['scrolling down, but not to the end, does not pin', at(900, false), [scroll(1300)], false],
    ['scrolling down to the end pins', at(900, false), [scroll(1500)], true],
    ['a fraction short of the end counts as the end', at(900, false), [scroll(1497.5)], true],
    ['the button pins', at(900, false), [{ type: 'jump' }], true],
    ['going up again after the button unpins', at(900, false), [{ type: 'jump' }, scroll(800)], false],
    ['a fold that closes does not unpin', at(1500, true), [scroll(1300, 1800)], true],
    ['a fold that closes does not pin a reader', at(1400, false), [scroll(1300, 1800)], false],
    ['the keyboard that closes does not unpin', at(1500, true), [scroll(1300, 2000, 700)], true],
    ['the keyboard that opens does not unpin', at(1500, true), [resize(1500, 2000, 300)], true],
    ['a flick where nothing can be scrolled keeps the pin', at(0, true, 400), [{ type: 'up' }], true],
    ['older turns above do not pin a reader', at(10, false), [resize(10, 4000), scroll(2010, 4000)], false],
    ['what grows above does not unpin', at(1500, true), [resize(1500, 2300), scroll(1800, 2300)], true],
    [
      'what grows above does not pin a reader',
      at(900, false),
      [resize(900, 2300), scroll(1200, 2300)],
      false,
    ],
    [
      'what shrinks above does not pin a reader',
      at(900, false),
      [resize(900, 1700), scroll(600, 1700)],
      false,
    ],
    [
      'turning the screen keeps the pin',
      at(1500, true),
      [resize(1500, 3600, 300), scroll(3300, 3600, 300)],
      true,
    ],
    [
      'turning the screen pins no reader',
      at(900, false),
      [resize(900, 3600, 300), scroll(1700, 3600, 300)],
      false,
    ],
    ['turning it back keeps the pin', at(3300, true, 3600, 300), [scroll(1500, 2000, 500)], true],
    [
      'the keyboard over a reader does not pin',
      at(900, false),
      [resize(900, 2000, 300), resize(900, 2000)],
      false,
    ],
  ])('%s', (_name, pin, events, pinned) => {
    expect(events.reduce(nextPin, pin).pinned).toBe(pinned);
  });
});

describe('news', () => {
  const words: PinEvent = { type: 'words' };
  it.each<[string, Pin, PinEvent[], boolean]>([
    ['words that come while the reader is away are news', at(900, false), [words, resize(900, 2400)], true],
    ['words that are followed are none', at(1500, true), [words, resize(1500, 2040)], false],
    ['older turns above are none', at(10, false), [resize(10, 4000), scroll(2010, 4000)], false],
    ['reading on does not take them back', at(900, false), [words, scroll(1000)], true],
    ['reaching the end does', at(900, false), [words, scroll(1500)], false],
    ['the button does', at(900, false), [words, { type: 'jump' }], false],
    ['what was seen before going up is none', at(1500, true), [words, { type: 'up' }, scroll(1200)], false],
  ])('%s', (_name, pin, events, news) => {
    expect(events.reduce(nextPin, pin).news).toBe(news);
  });
});

describe('gapOf', () => {
  it('is what lies below the window, never negative (a bounce on iOS)', () => {
    expect(gapOf({ top: 1000, height: 2000, view: 500 })).toBe(500);
    expect(gapOf({ top: 1530, height: 2000, view: 500 })).toBe(0);
  });
});
