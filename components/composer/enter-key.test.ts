import { describe, expect, it } from 'vitest';
import { type EnterKey, recalls, sends } from './enter-key';

const enter: EnterKey = {
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
};

describe('sends', () => {
  it.each<[string, Partial<EnterKey>, boolean, boolean]>([
    ['Enter sends', {}, false, true],
    ['Shift+Enter breaks the line', { shiftKey: true }, false, false],
    ['Alt+Enter breaks the line', { altKey: true }, false, false],
    ['Enter while composing only ends the composition', { isComposing: true, keyCode: 229 }, false, false],
    ['Enter while composing, by isComposing alone', { isComposing: true }, false, false],
    ['Enter that Safari fires after compositionend (229) does nothing', { keyCode: 229 }, false, false],
    ['the same with Ctrl held', { keyCode: 229, ctrlKey: true }, false, false],
    ['Enter on a touch keyboard breaks the line', {}, true, false],
    ['Ctrl+Enter sends on a touch keyboard', { ctrlKey: true }, true, true],
    ['Cmd+Enter sends', { metaKey: true }, false, true],
    ['Ctrl+Shift+Enter sends', { ctrlKey: true, shiftKey: true }, false, true],
    ['another key does not', { key: 'a', keyCode: 65 }, false, false],
    ['a numeric pad Enter sends', { key: 'Enter', keyCode: 13 }, false, true],
  ])('%s', (_name, change, touchKeyboard, expected) => {
    expect(sends({ ...enter, ...change }, touchKeyboard)).toBe(expected);
  });
});

describe('recalls', () => {
  it.each<[string, Partial<EnterKey>, boolean]>([
    ['↑ takes up what was said last', {}, true],
    ['↑ in a list of an input method does not', { isComposing: true }, false],
    ['↑ that Safari gives the input method (229) does not', { keyCode: 229 }, false],
    ['↑ with a key held does what it does elsewhere', { altKey: true }, false],
    ['another key does not', { key: 'ArrowDown' }, false],
  ])('%s', (_name, change, expected) => {
    expect(recalls({ ...enter, key: 'ArrowUp', keyCode: 38, ...change })).toBe(expected);
  });
});
