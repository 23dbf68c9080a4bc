import { useEffect, useEffectEvent } from 'react';
import { focusComposer } from '../composer/composer-focus';
import { shortcutFor } from './shortcut-for';
import type { CommandId } from './shortcuts';
import { isApple } from './use-apple';

/** What each command does now; null: there is nothing to do, and its key is left to the browser. */
export type Commands = Record<CommandId, (() => void) | null>;

/**
 * The keys of the page, wherever the focus is; a dialog has its own. A key that somebody has handled is not handled
 * again. Typing with the focus nowhere goes into the composer.
 */
export function useShortcuts(commands: Commands, singleKeys: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const id = shortcutFor(event, { apple: isApple(), singleKeys, ...surroundings() });
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

/** Inputs that take no characters; a radio or a checkbox is no place to type. */
const WRITES =
  'textarea, [contenteditable=""], [contenteditable=true], input:not([type=radio], [type=checkbox], [type=file], [type=button])';

function surroundings(): { typing: boolean; list: boolean } {
  const focused = document.activeElement;
  return { typing: focused?.matches(WRITES) ?? false, list: focused?.matches('select') ?? false };
}

/** A letter, or the first key of an input method, with the focus on nothing. The space key scrolls. */
function isTyping({ key, isComposing, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const writes = (key.length === 1 && key !== ' ') || key === 'Process';
  const isFree = !ctrlKey && !metaKey && !altKey && !isComposing;
  return writes && isFree && document.activeElement === document.body;
}
