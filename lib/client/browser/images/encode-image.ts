import type { ImageType } from '@/lib/chat/turn';
import type { Size } from './fit-within';

/** Draws the bitmap in this size and encodes it; null where the browser cannot write this type (Safari: no WebP). */
export async function encodeImage(
  bitmap: ImageBitmap,
  { width, height }: Size,
  type: ImageType,
  quality?: number,
): Promise<Blob | null> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d') as
    | CanvasRenderingContext2D
    | OffscreenCanvasRenderingContext2D
    | null;
  if (!context) return null;
  if (type === 'image/jpeg') {
    // A JPEG is not see-through: what was would turn black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await toBlob(canvas, type, quality);
  return blob?.type === type ? blob : null;
}

/** Off the document where that exists (Safari 16.4 and later). */
function createCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement('canvas'), { width, height });
}

const toBlob = (canvas: OffscreenCanvas | HTMLCanvasElement, type: string, quality?: number) =>
  'convertToBlob' in canvas
    ? canvas.convertToBlob({ type, quality })
    : new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
