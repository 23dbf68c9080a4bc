/** The id of the element that holds a turn, whether it is drawn in full or not. */
export const turnElementId = (turnId: string): string => `turn-${turnId}`;

/** The element that holds a turn. null: the turn is not on the page. */
export const turnElement = (turnId: string): HTMLElement | null =>
  document.getElementById(turnElementId(turnId));
