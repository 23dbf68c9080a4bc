import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether code may be shown in colours: at once if it was whole from the beginning. Code that has just been closed
 * gets them as soon as the reader selects nothing in it: colours are new nodes, and would take the selection away.
 */
export function useColours(open: boolean, place: RefObject<HTMLElement | null>): boolean {
  const [coloured, setColoured] = useState(!open);
  useEffect(() => {
    if (open || coloured) return;
    const colour = () => {
      if (!isSelectedIn(place.current)) setColoured(true);
    };
    colour();
    document.addEventListener('selectionchange', colour);
    return () => document.removeEventListener('selectionchange', colour);
  }, [open, coloured, place]);
  return coloured && !open;
}

function isSelectedIn(place: HTMLElement | null): boolean {
  const selection = document.getSelection();
  return (
    place !== null && selection !== null && !selection.isCollapsed && selection.containsNode(place, true)
  );
}
