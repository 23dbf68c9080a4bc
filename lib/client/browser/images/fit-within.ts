/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The size with its longer side at most `most`, in the same proportions; never larger than it was, never nothing. */
export function fitWithin({ width, height }: Size, most: number): Size {
  const scale = Math.min(1, most / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}
