/** A key with what is held down. `mod` is ⌘ on Apple's machines and Ctrl elsewhere. */
export interface Chord {
  /** As `KeyboardEvent.key` says it, letters in lower case. */
  key: string;
  mod?: true;
  shift?: true;
  alt?: true;
}

export type CommandId =
  | 'palette'
  | 'sheet'
  | 'nextAssistant'
  | 'previousAssistant'
  | 'newConversation'
  | 'compose'
  | 'find'
  | 'stop'
  | 'copyReply';

export interface Shortcut {
  id: CommandId;
  /** Each of them does it; the sheet shows them all, a button only the first. */
  chords: readonly [Chord, ...Chord[]];
}

/**
 * Every key of the page, in the order of the sheet. A new one is a row, its words, and what it does in
 * `use-commands.ts`. A chord without `mod` and `alt` writes a character: it works only where nobody is typing.
 */
export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'palette', chords: [{ key: 'k', mod: true }] },
  { id: 'newConversation', chords: [{ key: 'o', mod: true, shift: true }] },
  { id: 'nextAssistant', chords: [{ key: 'ArrowDown', alt: true }] },
  { id: 'previousAssistant', chords: [{ key: 'ArrowUp', alt: true }] },
  { id: 'compose', chords: [{ key: '/' }] },
  { id: 'find', chords: [{ key: 'f', mod: true, shift: true }] },
  { id: 'stop', chords: [{ key: 'Escape' }] },
  { id: 'copyReply', chords: [{ key: 'c', mod: true, shift: true }] },
  { id: 'sheet', chords: [{ key: '?' }, { key: '/', mod: true }] },
];

/** One key that writes. WCAG 2.1.4: a person who speaks to the machine must be able to turn these off. */
export const isSingleKey = ({ key, mod, alt }: Chord): boolean => key.length === 1 && !mod && !alt;
