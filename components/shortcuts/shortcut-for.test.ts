import { describe, expect, it } from 'vitest';
import { keyNames } from './key-names';
import { type KeyContext, type KeyPress, shortcutFor } from './shortcut-for';
import { SHORTCUTS } from './shortcuts';

const CTRL = { ctrlKey: true };
const META = { metaKey: true };
const SHIFT = { shiftKey: true };
const ALT = { altKey: true };

const press = (key: string, change: Partial<KeyPress> = {}, around: Partial<KeyContext> = {}) =>
  shortcutFor(
    {
      ...{ key, keyCode: 0, isComposing: false },
      ...{ ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
      ...change,
    },
    { isApple: false, isTyping: false, isOnList: false, singleKeys: true, ...around },
  );

describe('shortcutFor', () => {
  it.each([
    ['k', CTRL, {}, 'palette'],
    ['k', META, { isApple: true }, 'palette'],
    ['k', META, {}, null],
    ['k', CTRL, { isApple: true }, null],
    ['k', { ...CTRL, ...ALT }, {}, null],
    ['k', {}, {}, null],
    ['K', { ...CTRL, ...SHIFT }, {}, null],
    ['O', { ...CTRL, ...SHIFT }, {}, 'newConversation'],
    ['o', CTRL, {}, null],
    ['ArrowDown', ALT, {}, 'nextAssistant'],
    ['ArrowUp', ALT, { isTyping: true }, 'previousAssistant'],
    ['ArrowDown', ALT, { isOnList: true }, null],
    ['ArrowDown', {}, {}, null],
    ['Escape', {}, { isTyping: true }, 'stop'],
    ['Escape', CTRL, {}, null],
    ['C', { ...CTRL, ...SHIFT }, { isTyping: true }, 'copyReply'],
    [':', { ...CTRL, ...SHIFT }, { isTyping: true }, 'copyCode'],
    [';', { ...META, ...SHIFT }, { isApple: true }, 'copyCode'],
    [':', SHIFT, {}, null],
    ['/', {}, {}, 'compose'],
    ['/', CTRL, { isTyping: true }, 'sheet'],
    ['?', SHIFT, {}, 'sheet'],
  ] as const)('%s with %o in %o: %s', (key, held, around, command) => {
    expect(press(key, held, around)).toBe(command);
  });

  it.each(['?', '/'])(
    '%s does nothing in a text field, on a list, or with single-key shortcuts off',
    (key) => {
      expect(press(key, {}, { isTyping: true })).toBeNull();
      expect(press(key, {}, { singleKeys: false })).toBeNull();
      expect(press(key, {}, { isOnList: true })).toBeNull();
    },
  );

  it('ignores keys of an input method, also the one that ends a composition', () => {
    expect(press('Escape', { isComposing: true })).toBeNull();
    expect(press('Escape', { keyCode: 229 })).toBeNull();
  });

  it('assigns no chord to two commands', () => {
    const chords = SHORTCUTS.flatMap((shortcut) => shortcut.chords.map((chord) => JSON.stringify(chord)));
    expect(new Set(chords).size).toBe(chords.length);
  });
});

describe('keyNames', () => {
  it.each([
    [{ key: 'k', mod: true }, false, ['Ctrl', 'K']],
    [{ key: 'k', mod: true }, true, ['⌘', 'K']],
    [{ key: 'o', mod: true, shift: true }, false, ['Ctrl', 'Shift', 'O']],
    [{ key: 'o', mod: true, shift: true }, true, ['⇧', '⌘', 'O']],
    [{ key: 'ArrowDown', alt: true }, false, ['Alt', '↓']],
    [{ key: 'ArrowDown', alt: true }, true, ['⌥', '↓']],
    [{ key: 'Escape' }, false, ['Esc']],
    [{ key: '?' }, true, ['?']],
  ] as const)('%o, Apple: %s', (chord, isApple, names) => {
    expect(keyNames(chord, isApple)).toEqual(names);
  });
});
