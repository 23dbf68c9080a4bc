import { useEffect } from 'react';

/** Opens the search; null: there is nothing to search. */
let current: (() => void) | null = null;

/** Opens the search of the conversation on screen. Does nothing if there is nothing to search. */
export const openFind = (): void => current?.();

/** Registers `open` for `openFind` while the calling component is on screen. Returns it. */
export function useFindCommand(open: (() => void) | null): (() => void) | null {
  useEffect(() => {
    current = open;
    return () => {
      current = null;
    };
  }, [open]);
  return open;
}
