/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Scales the size down, in proportion, to a longer side of at most `limit`. No side falls below 1 pixel. */
export function fitWithin({ width, height }: Size, limit: number): Size {
  const scale = Math.min(1, limit / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}
