import type { Chord } from './shortcuts';

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** The names of the keys as printed on the keyboard, in the order that the platform's own menus use. */
export function keyNames({ key, mod, shift, alt }: Chord, isApple: boolean): string[] {
  const modifiers = isApple
    ? [alt && '⌥', shift && '⇧', mod && '⌘']
    : [mod && 'Ctrl', alt && 'Alt', shift && 'Shift'];
  return [...modifiers.filter((name) => typeof name === 'string'), NAMES[key] ?? key.toUpperCase()];
}

/** The value for `aria-keyshortcuts`. */
export const ariaKeys = ({ key, mod, shift, alt }: Chord, isApple: boolean): string =>
  [
    mod && (isApple ? 'Meta' : 'Control'),
    alt && 'Alt',
    shift && 'Shift',
    key.length === 1 ? key.toUpperCase() : key,
  ]
    .filter(Boolean)
    .join('+');
