import type { Anchor } from './scroll-anchor';
import type { Pin } from './scroll-pin';

interface LeftPlace {
  pin: Pin;
  /** The turn at the upper edge, and how far from the edge it began, in pixels; null: there was none. */
  held: { turnId: string; offset: number } | null;
}

/** Where each conversation was left, for the life of the page. */
const left = new Map<string, LeftPlace>();

export const leftPlace = (sessionId: string): LeftPlace | undefined => left.get(sessionId);

/** By turn and not by pixel: what is above may be there in another height, or not at all, when the reader is back. */
export function rememberPlace(sessionId: string, pin: Pin, anchor: Anchor | null): void {
  const place = anchor?.parts.at(-1);
  left.set(sessionId, {
    pin,
    held: anchor && place ? { turnId: anchor.turnId, offset: place.offset } : null,
  });
}
