import { useEffect } from 'react';
import { COMPOSER_ID } from '../composer/composer';

/**
 * Keys that work wherever the focus is: Escape stops the reply (`stop` is null while there is none), and typing with
 * the focus nowhere goes into the composer.
 */
export function usePageKeys(stop: (() => void) | null): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      if (event.key === 'Escape') stop?.();
      else if (isTyping(event)) document.getElementById(COMPOSER_ID)?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [stop]);
}

/** A letter, or the first key of an input method, with the focus on nothing. The space key scrolls. */
function isTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const writes = (key.length === 1 && key !== ' ') || key === 'Process';
  return writes && !ctrlKey && !metaKey && !altKey && document.activeElement === document.body;
}
