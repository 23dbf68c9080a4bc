import { type Chord, type CommandId, isSingleKey, SHORTCUTS } from './shortcuts';

/** What of a key event matters. */
export interface Pressed {
  key: string;
  keyCode: number;
  isComposing: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export interface Surroundings {
  apple: boolean;
  /** The focus is where characters are written. */
  typing: boolean;
  /** The focus is on something to which arrows with Alt mean something: a native list opens. */
  list: boolean;
  singleKeys: boolean;
}

/** Which command a key means here; null: none, the key is somebody else's. */
export function shortcutFor(pressed: Pressed, around: Surroundings): CommandId | null {
  // Safari sends 229 for the key that ends a composition, after it has said that none is under way.
  if (pressed.isComposing || pressed.keyCode === 229) return null;
  const found = SHORTCUTS.find(({ chords }) =>
    chords.some((chord) => matches(chord, pressed, around) && isFree(chord, around)),
  );
  return found?.id ?? null;
}

function matches(chord: Chord, pressed: Pressed, { apple }: Surroundings): boolean {
  const mod = apple ? pressed.metaKey : pressed.ctrlKey;
  const other = apple ? pressed.ctrlKey : pressed.metaKey;
  // A character is what the layout makes of the key: where `?` needs Shift, Shift belongs to it.
  const shift = isSingleKey(chord) || isSign(chord) || pressed.shiftKey === Boolean(chord.shift);
  return (
    pressed.key.toLowerCase() === chord.key.toLowerCase() &&
    mod === Boolean(chord.mod) &&
    !other &&
    pressed.altKey === Boolean(chord.alt) &&
    shift
  );
}

const isSign = ({ key }: Chord): boolean => key.length === 1 && !/[a-z0-9]/.test(key);

function isFree(chord: Chord, { typing, list, singleKeys }: Surroundings): boolean {
  if (isSingleKey(chord)) return singleKeys && !typing && !list;
  return !(chord.alt && list);
}
