import { type Chord, type CommandId, isSingleKey, SHORTCUTS } from './shortcuts';

/** The part of a keyboard event that is used here. */
export interface KeyPress {
  key: string;
  keyCode: number;
  isComposing: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export interface KeyContext {
  apple: boolean;
  /** The focus is in a text field. */
  typing: boolean;
  /** The focus is on a native list, which Alt with an arrow key opens. */
  list: boolean;
  singleKeys: boolean;
}

/** The command of a key press; null if it has none here, and the key is left to the browser. */
export function shortcutFor(press: KeyPress, context: KeyContext): CommandId | null {
  // Safari reports the key that ends a composition as 229, with `isComposing` already false.
  if (press.isComposing || press.keyCode === 229) return null;
  const found = SHORTCUTS.find(({ chords }) =>
    chords.some((chord) => matches(chord, press, context) && isFree(chord, context)),
  );
  return found?.id ?? null;
}

function matches(chord: Chord, press: KeyPress, { apple }: KeyContext): boolean {
  const mod = apple ? press.metaKey : press.ctrlKey;
  const other = apple ? press.ctrlKey : press.metaKey;
  // On a layout where `?` needs Shift, Shift is part of typing it.
  const shift = isSingleKey(chord) || isPunctuation(chord) || press.shiftKey === Boolean(chord.shift);
  return (
    press.key.toLowerCase() === chord.key.toLowerCase() &&
    mod === Boolean(chord.mod) &&
    !other &&
    press.altKey === Boolean(chord.alt) &&
    shift
  );
}

const isPunctuation = ({ key }: Chord): boolean => key.length === 1 && !/[a-z0-9]/.test(key);

function isFree(chord: Chord, { typing, list, singleKeys }: KeyContext): boolean {
  if (isSingleKey(chord)) return singleKeys && !typing && !list;
  return !(chord.alt && list);
}
