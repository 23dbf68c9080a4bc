import type { Chord } from './shortcuts';

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** The keys as they are printed on this machine, in the order in which its makers write them. */
export function keyNames({ key, mod, shift, alt }: Chord, apple: boolean): string[] {
  const held = apple
    ? [alt && '⌥', shift && '⇧', mod && '⌘']
    : [mod && 'Ctrl', alt && 'Alt', shift && 'Shift'];
  return [...held.filter((name) => typeof name === 'string'), NAMES[key] ?? key.toUpperCase()];
}

/** For `aria-keyshortcuts`. */
export const ariaKeys = ({ key, mod, shift, alt }: Chord, apple: boolean): string =>
  [
    mod && (apple ? 'Meta' : 'Control'),
    alt && 'Alt',
    shift && 'Shift',
    key.length === 1 ? key.toUpperCase() : key,
  ]
    .filter(Boolean)
    .join('+');
