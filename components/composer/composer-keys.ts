/** The parts of a keydown event that decide what the composer does with it. */
export interface KeyPress {
  key: string;
  /** 229 means that an input method takes the key. Safari sends it after `compositionend`, with `isComposing` false. */
  keyCode: number;
  isComposing: boolean;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * Whether this key sends the message. The browser handles every other Enter: it breaks the line, or ends a composition.
 * On a touch keyboard, which has no Shift+Enter, Enter breaks the line and the button sends.
 */
export function isSendKey(press: KeyPress, isTouchKeyboard: boolean): boolean {
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === 229) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return !press.shiftKey && !press.altKey && !isTouchKeyboard;
}

/** Whether this key, pressed in an empty field, edits the last message. */
export function isEditLastKey({ key, keyCode, isComposing, ...modifiers }: KeyPress): boolean {
  if (key !== 'ArrowUp' || isComposing || keyCode === 229) return false;
  return !modifiers.shiftKey && !modifiers.altKey && !modifiers.ctrlKey && !modifiers.metaKey;
}
