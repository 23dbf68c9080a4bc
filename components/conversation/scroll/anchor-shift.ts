/** Where an element is in the scrolling window. Pixels. */
export interface Box {
  /** From the upper edge of the window to the top of the element; negative where the edge cuts it. */
  offset: number;
  height: number;
}

/** A smaller shift is the browser's rounding. */
const ROUNDING = 1;

/**
 * How far to scroll, in pixels, so that an element that was at `before` and is at `now` shows where the reader saw it.
 * `scrolled`: how far the reader has scrolled in between, which is not undone. `reflowed`: its lines may have changed
 * (the screen was turned, or it was rendered again), so of an element that the edge cuts, the same share stays above it.
 */
export function anchorShift(
  before: Box,
  now: Box,
  { scrolled, hasReflowed }: { scrolled: number; hasReflowed: boolean },
): number {
  const isCut = before.offset < 0 && before.height > 0;
  const offset = hasReflowed && isCut ? before.offset * (now.height / before.height) : before.offset;
  const shift = now.offset - (offset - scrolled);
  return Math.abs(shift) < ROUNDING ? 0 : shift;
}
