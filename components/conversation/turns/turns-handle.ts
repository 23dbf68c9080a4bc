/** What others may do to the turns on screen. */
export interface TurnsHandle {
  sessionId: string;
  /** Holds the places of the turns. */
  column(): Element | null;
  /** Draws a turn in full, with those around it, and tells its place. null: it is not on the shown path, or not loaded. */
  draw(turnId: string): HTMLElement | null;
  /** Brings this to `share` of the window's height below its upper edge, and holds it there until somebody scrolls. */
  hold(element: Element, share: number): void;
}

/** Shows a turn from its beginning, and gives it the focus. False: it is not here. */
export function showTurn(turns: TurnsHandle, turnId: string): boolean {
  const place = turns.draw(turnId);
  if (!place) return false;
  turns.hold(place, 0.08);
  // Only now: a place that always took the focus would take it from the window, whose keys scroll.
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  return true;
}
