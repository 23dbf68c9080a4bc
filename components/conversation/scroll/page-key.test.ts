import { describe, expect, it } from 'vitest';
import { pageDistance, pagesFor } from './page-key';

const press = {
  key: 'PageUp',
  ...{ shiftKey: false, altKey: false, ctrlKey: false, metaKey: false },
  ...{ isComposing: false, defaultPrevented: false },
};
const empty = { id: 'composer', value: '' };

describe('pagesFor', () => {
  it.each<[string, Partial<typeof press>, { id: string; value?: string } | null, number]>([
    ['PageUp in an empty message box', {}, empty, -0.87],
    ['PageDown in an empty message box', { key: 'PageDown' }, empty, 0.87],
    ['PageUp in a message that is being written', {}, { id: 'composer', value: 'a' }, 0],
    ['PageDown in a message of one line break', { key: 'PageDown' }, { id: 'composer', value: '\n' }, 0],
    ['PageUp in another field', {}, { id: 'find', value: '' }, 0],
    ['PageUp on a button', {}, { id: 'send' }, 0],
    ['PageUp with nothing focused', {}, null, 0],
    ['Shift+PageUp', { shiftKey: true }, empty, 0],
    ['Ctrl+PageDown, which switches browser tabs', { key: 'PageDown', ctrlKey: true }, empty, 0],
    ['Alt+PageUp', { altKey: true }, empty, 0],
    ['PageUp in the candidate list of an input method', { isComposing: true }, empty, 0],
    ['PageUp that something else has handled', { defaultPrevented: true }, empty, 0],
    ['another key', { key: 'Home' }, empty, 0],
  ])('%s', (_, change, field, pages) => {
    expect(pagesFor({ ...press, ...change }, field)).toBe(pages);
  });
});

describe('pageDistance', () => {
  const at = (top: number) => ({ top, height: 5000, view: 600 });
  it.each([
    ['a page down in the middle', 0.87, 1000, 522],
    ['a page up in the middle', -0.87, 1000, -522],
    ['a page up at the end', -0.87, 4400, -522],
    ['a page down that falls a little short of the end', 0.87, 3840, 560],
    ['a page down near the end', 0.87, 4200, 200],
    ['a page down at the end', 0.87, 4400, 0],
  ])('%s', (_, pages, top, distance) => {
    expect(pageDistance(pages, at(top))).toBeCloseTo(distance);
  });
});
