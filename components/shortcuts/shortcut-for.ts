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
  isApple: boolean;
  /** The focus is in a text field. */
  isTyping: boolean;
  /** The focus is on a native list, which Alt with an arrow key opens. */
  isOnList: boolean;
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

function matches(chord: Chord, press: KeyPress, { isApple }: KeyContext): boolean {
  const hasMod = isApple ? press.metaKey : press.ctrlKey;
  const hasOther = isApple ? press.ctrlKey : press.metaKey;
  // On a layout where `?` needs Shift, Shift is part of typing it.
  const matchesShift = isSingleKey(chord) || isPunctuation(chord) || press.shiftKey === Boolean(chord.shift);
  return (
    press.key.toLowerCase() === chord.key.toLowerCase() &&
    hasMod === Boolean(chord.mod) &&
    !hasOther &&
    press.altKey === Boolean(chord.alt) &&
    matchesShift
  );
}

const isPunctuation = ({ key }: Chord): boolean => key.length === 1 && !/[a-z0-9]/.test(key);

function isFree(chord: Chord, { isTyping, isOnList, singleKeys }: KeyContext): boolean {
  if (isSingleKey(chord)) return singleKeys && !isTyping && !isOnList;
  return !(chord.alt && isOnList);
}
