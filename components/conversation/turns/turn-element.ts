/** The id of the element that holds a turn, drawn in full or plain. */
export const turnElementId = (turnId: string): string => `turn-${turnId}`;

/** The element that holds a turn. null: the turn is not on the page. */
export const turnElement = (turnId: string): HTMLElement | null =>
  document.getElementById(turnElementId(turnId));
