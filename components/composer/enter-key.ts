/** What a keydown tells, and what is known of the text being composed. */
export interface EnterKey {
  key: string;
  /** 229 marks a key that the input method takes. Safari fires it *after* `compositionend`, with `isComposing` false. */
  keyCode: number;
  isComposing: boolean;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** Whether this key, in an empty field, takes up again what was said last. */
export function recalls({ key, keyCode, isComposing, ...held }: EnterKey): boolean {
  if (key !== 'ArrowUp' || isComposing || keyCode === 229) return false;
  return !held.shiftKey && !held.altKey && !held.ctrlKey && !held.metaKey;
}

/**
 * Whether this key sends the message; all else is left to the browser (a line break, or the end of a composition).
 * On a touch keyboard Enter breaks the line, for it has no Shift+Enter; the button sends.
 */
export function sends(event: EnterKey, touchKeyboard: boolean): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return !event.shiftKey && !event.altKey && !touchKeyboard;
}
