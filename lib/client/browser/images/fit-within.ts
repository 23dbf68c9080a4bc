/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Scales a size down in proportion until its longer side is at most `limit`. Each side stays at least 1 pixel. */
export function fitWithin({ width, height }: Size, limit: number): Size {
  const scale = Math.min(1, limit / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}
