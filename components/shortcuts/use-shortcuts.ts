import { useEffect, useEffectEvent } from 'react';
import { focusComposer } from '../composer/composer-focus';
import { shortcutFor } from './shortcut-for';
import type { CommandId } from './shortcuts';
import { isApple } from './use-apple';

/** What each command does now; null if it cannot be used, and its key is left to the browser. */
export type Commands = Record<CommandId, (() => void) | null>;

/**
 * Handles the shortcuts of the page wherever the focus is, except in an open dialog, and only for keys that nothing else
 * has handled. Typing while nothing has the focus goes into the composer.
 */
export function useShortcuts(commands: Commands, singleKeys: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const id = shortcutFor(event, { isApple: isApple(), singleKeys, ...keyContext() });
    const run = id && commands[id];
    if (run) {
      event.preventDefault();
      run();
    } else if (isTyping(event)) focusComposer();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

/** The elements that take typed text, unlike a radio button or a checkbox. */
const TEXT_FIELDS =
  'textarea, [contenteditable=""], [contenteditable=true], input:not([type=radio], [type=checkbox], [type=file], [type=button])';

function keyContext(): { isTyping: boolean; isOnList: boolean } {
  const focused = document.activeElement;
  return { isTyping: focused?.matches(TEXT_FIELDS) ?? false, isOnList: focused?.matches('select') ?? false };
}

/** A character, or the first key of an input method, while nothing has the focus. Not the space key, which scrolls. */
function isTyping({ key, isComposing, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const isCharacter = (key.length === 1 && key !== ' ') || key === 'Process';
  const isPlain = !ctrlKey && !metaKey && !altKey && !isComposing;
  return isCharacter && isPlain && document.activeElement === document.body;
}
