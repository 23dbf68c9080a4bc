import { describe, expect, it } from 'vitest';
import { gapOf, nextPin, type ScrollEvent, type ScrollPin } from './scroll-pin';

/** A view of 500 px on content of 2,000 px: the end is at 1,500. */
const at = (top: number, isPinned: boolean, height = 2000, view = 500): ScrollPin => ({
  ...{ top, height, view, isPinned },
  hasUnseen: false,
});
const scroll = (top: number, height = 2000, view = 500): ScrollEvent => ({
  type: 'scroll',
  metrics: { top, height, view },
});
const resize = (top: number, height: number, view = 500): ScrollEvent => ({
  type: 'resize',
  metrics: { top, height, view },
});

describe('nextPin', () => {
  it.each<[string, ScrollPin, ScrollEvent[], boolean]>([
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
    ['the jump button pins', at(900, false), [{ type: 'jump' }], true],
    ['going up after the jump button unpins', at(900, false), [{ type: 'jump' }, scroll(800)], false],
    ['a section that closes does not unpin', at(1500, true), [scroll(1300, 1800)], true],
    ['a section that closes does not pin a reader', at(1400, false), [scroll(1300, 1800)], false],
    ['closing the keyboard does not unpin', at(1500, true), [scroll(1300, 2000, 700)], true],
    ['opening the keyboard does not unpin', at(1500, true), [resize(1500, 2000, 300)], true],
    ['a flick on content that cannot scroll keeps the pin', at(0, true, 400), [{ type: 'up' }], true],
    ['older turns above do not pin a reader', at(10, false), [resize(10, 4000), scroll(2010, 4000)], false],
    ['content growing above does not unpin', at(1500, true), [resize(1500, 2300), scroll(1800, 2300)], true],
    [
      'content growing above does not pin a reader',
      at(900, false),
      [resize(900, 2300), scroll(1200, 2300)],
      false,
    ],
    [
      'content shrinking above does not pin a reader',
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
      'turning the screen does not pin a reader',
      at(900, false),
      [resize(900, 3600, 300), scroll(1700, 3600, 300)],
      false,
    ],
    ['turning the screen back keeps the pin', at(3300, true, 3600, 300), [scroll(1500, 2000, 500)], true],
    [
      'the keyboard opening and closing does not pin a reader',
      at(900, false),
      [resize(900, 2000, 300), resize(900, 2000)],
      false,
    ],
  ])('%s', (_name, pin, events, isPinned) => {
    expect(events.reduce(nextPin, pin).isPinned).toBe(isPinned);
  });
});

describe('hasUnseen', () => {
  const text: ScrollEvent = { type: 'text' };
  it.each<[string, ScrollPin, ScrollEvent[], boolean]>([
    ['text added while the reader is away is unseen', at(900, false), [text, resize(900, 2400)], true],
    ['text that the view follows is seen', at(1500, true), [text, resize(1500, 2040)], false],
    ['older turns above are not unseen text', at(10, false), [resize(10, 4000), scroll(2010, 4000)], false],
    ['scrolling on without reaching the end leaves it unseen', at(900, false), [text, scroll(1000)], true],
    ['reaching the end makes it seen', at(900, false), [text, scroll(1500)], false],
    ['the jump button makes it seen', at(900, false), [text, { type: 'jump' }], false],
    [
      'text that was seen before going up stays seen',
      at(1500, true),
      [text, { type: 'up' }, scroll(1200)],
      false,
    ],
  ])('%s', (_name, pin, events, hasUnseen) => {
    expect(events.reduce(nextPin, pin).hasUnseen).toBe(hasUnseen);
  });
});

describe('gapOf', () => {
  it('is the content below the window, and never negative while iOS bounces', () => {
    expect(gapOf({ top: 1000, height: 2000, view: 500 })).toBe(500);
    expect(gapOf({ top: 1530, height: 2000, view: 500 })).toBe(0);
  });
});
