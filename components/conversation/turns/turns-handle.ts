/** What other parts of the page can do with the turns on screen. */
export interface TurnsHandle {
  sessionId: string;
  /** The element whose children hold the turns. */
  column(): Element | null;
  /** Draws a turn and those around it in full. Returns its element; null: it is not on the shown path, or not loaded. */
  draw(turnId: string): HTMLElement | null;
  /** Scrolls so that the element is `share` of the window's height below its upper edge, and anchors it there. */
  scrollTo(element: Element, share: number): void;
}

/** Scrolls to the beginning of a turn, draws it in full and focuses it. Does nothing if the turn is not on the page. */
export function showTurn(turns: TurnsHandle, turnId: string): void {
  const element = turns.draw(turnId);
  if (!element) return;
  focusAfterScroll(element, () => turns.scrollTo(element, 0.08));
}

/** Scrolls, then focuses the element, which need not be focusable otherwise. */
export function focusAfterScroll(element: HTMLElement, scroll: () => void): void {
  scroll();
  if (element.tabIndex < 0) {
    // Focusable only now: otherwise a click on any turn would take the focus, and the keys that scroll would stop working.
    element.tabIndex = -1;
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus({ preventScroll: true });
}
