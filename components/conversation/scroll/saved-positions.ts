import type { ScrollAnchor } from './scroll-anchor';
import type { ScrollPin } from './scroll-pin';

interface SavedPosition {
  pin: ScrollPin;
  /** The turn at the upper edge of the window, and its offset from the edge in pixels; null: no turn was in view. */
  top: { turnId: string; offset: number } | null;
}

/** Where each conversation was scrolled to when it was left, for the life of the page. */
const positions = new Map<string, SavedPosition>();

export const savedPosition = (sessionId: string): SavedPosition | undefined => positions.get(sessionId);

/** Saves the turn and not only the pixels: the turns above it may have another height when the reader comes back. */
export function savePosition(sessionId: string, pin: ScrollPin, anchor: ScrollAnchor | null): void {
  const turn = anchor?.boxes.at(-1);
  positions.set(sessionId, {
    pin,
    top: anchor && turn ? { turnId: anchor.turnId, offset: turn.offset } : null,
  });
}
