import { useEffect } from 'react';

/** What the command does now; null: there is nothing to search. */
let current: (() => void) | null = null;

/** Opens the search of the conversation on screen: for the palette and its shortcut. Without a conversation: nothing. */
export const openFind = (): void => current?.();

/** Makes `open` what the command does, as long as this is on screen. Returns it. */
export function useFindCommand(open: (() => void) | null): (() => void) | null {
  useEffect(() => {
    current = open;
    return () => {
      current = null;
    };
  }, [open]);
  return open;
}
