/** A key with its modifiers. `mod` is ⌘ on Apple devices and Ctrl elsewhere. */
export interface Chord {
  /** As in `KeyboardEvent.key`, letters in lower case. */
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
  | 'copyReply'
  | 'copyCode';

export interface Shortcut {
  id: CommandId;
  /** Alternatives. The list of shortcuts shows all of them, tooltips only the first. */
  chords: readonly [Chord, ...Chord[]];
}

/**
 * All shortcuts, in the order in which they are listed. What each does is in `use-commands.ts`. A chord without `mod` and
 * `alt` types a character, so it works only outside of text fields.
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
  // Where `;` needs Shift, or `:` does not.
  {
    id: 'copyCode',
    chords: [
      { key: ';', mod: true, shift: true },
      { key: ':', mod: true, shift: true },
    ],
  },
  { id: 'sheet', chords: [{ key: '?' }, { key: '/', mod: true }] },
];

/** A shortcut of one character. WCAG 2.1.4: people who use speech input must be able to turn these off. */
export const isSingleKey = ({ key, mod, alt }: Chord): boolean => key.length === 1 && !mod && !alt;
