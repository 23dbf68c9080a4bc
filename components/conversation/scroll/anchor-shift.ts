/** A part of the page as the reader has it before them. Pixels. */
export interface Part {
  /** From the upper edge of the window to where the part begins; negative where the edge cuts it. */
  offset: number;
  height: number;
}

/** Less than this is the browser's rounding. */
const ROUNDING = 1;

/**
 * How far to scroll so that the reader sees the part where it was. `scrolled`: what scrolling moved the view since
 * then, which is meant. `reflowed`: the lines are others (the screen was turned, the part was drawn anew): of a part
 * that the edge cuts, the same share stays above it.
 */
export function shiftOf(
  held: Part,
  now: Part,
  { scrolled, reflowed }: { scrolled: number; reflowed: boolean },
): number {
  const isCut = held.offset < 0 && held.height > 0;
  const offset = reflowed && isCut ? held.offset * (now.height / held.height) : held.offset;
  const shift = now.offset - (offset - scrolled);
  return Math.abs(shift) < ROUNDING ? 0 : shift;
}
