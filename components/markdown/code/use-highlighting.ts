import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether to highlight the code: at once if it was complete from the start. Code that has just been completed waits until
 * the reader has nothing selected in it, because highlighting replaces the nodes and would clear the selection.
 */
export function useHighlighting(isOpen: boolean, element: RefObject<HTMLElement | null>): boolean {
  const [highlighted, setHighlighted] = useState(!isOpen);
  useEffect(() => {
    if (isOpen || highlighted) return;
    const highlight = () => {
      if (!isSelectedIn(element.current)) setHighlighted(true);
    };
    highlight();
    document.addEventListener('selectionchange', highlight);
    return () => document.removeEventListener('selectionchange', highlight);
  }, [isOpen, highlighted, element]);
  return highlighted && !isOpen;
}

/** Whether something in the element is selected. Watches only if `isWanted`. */
export function useSelectedIn(element: RefObject<HTMLElement | null>, isWanted: boolean): boolean {
  const [isSelected, setIsSelected] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    const update = () => setIsSelected(isSelectedIn(element.current));
    document.addEventListener('selectionchange', update);
    return () => document.removeEventListener('selectionchange', update);
  }, [element, isWanted]);
  return isSelected;
}

/** Whether anything on the page is selected. Updated on `selectionchange` only: reading the selection forces a layout. */
let hasSelection = false;

if (typeof document !== 'undefined') {
  const update = () => {
    hasSelection = document.getSelection()?.isCollapsed === false;
  };
  update();
  document.addEventListener('selectionchange', update);
}

function isSelectedIn(element: HTMLElement | null): boolean {
  return hasSelection && element !== null && document.getSelection()?.containsNode(element, true) === true;
}
