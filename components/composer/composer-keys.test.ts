import { describe, expect, it } from 'vitest';
import { isEditLastKey, isSendKey, type KeyPress } from './composer-keys';

const enter: KeyPress = {
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
};

describe('isSendKey', () => {
  it.each<[string, Partial<KeyPress>, boolean, boolean]>([
    ['Enter sends', {}, false, true],
    ['Shift+Enter breaks the line', { shiftKey: true }, false, false],
    ['Alt+Enter breaks the line', { altKey: true }, false, false],
    ['Enter while composing only ends the composition', { isComposing: true, keyCode: 229 }, false, false],
    ['Enter while composing, by isComposing alone', { isComposing: true }, false, false],
    ['Enter that Safari fires after compositionend (229) does nothing', { keyCode: 229 }, false, false],
    ['the same Enter with Ctrl does nothing', { keyCode: 229, ctrlKey: true }, false, false],
    ['Enter on a touch keyboard breaks the line', {}, true, false],
    ['Ctrl+Enter sends on a touch keyboard', { ctrlKey: true }, true, true],
    ['Cmd+Enter sends', { metaKey: true }, false, true],
    ['Ctrl+Shift+Enter sends', { ctrlKey: true, shiftKey: true }, false, true],
    ['another key does nothing', { key: 'a', keyCode: 65 }, false, false],
    ['a numeric pad Enter sends', { key: 'Enter', keyCode: 13 }, false, true],
  ])('%s', (_name, change, hasTouchKeyboard, expected) => {
    expect(isSendKey({ ...enter, ...change }, hasTouchKeyboard)).toBe(expected);
  });
});

describe('isEditLastKey', () => {
  it.each<[string, Partial<KeyPress>, boolean]>([
    ['↑ edits the last message', {}, true],
    ['↑ in the candidate list of an input method does nothing', { isComposing: true }, false],
    ['↑ that Safari gives to the input method (229) does nothing', { keyCode: 229 }, false],
    ['↑ with a modifier key does nothing', { altKey: true }, false],
    ['another key does nothing', { key: 'ArrowDown' }, false],
  ])('%s', (_name, change, expected) => {
    expect(isEditLastKey({ ...enter, key: 'ArrowUp', keyCode: 38, ...change })).toBe(expected);
  });
});
