import type { ImageType } from '@/lib/chat/turn';
import type { Size } from './fit-within';

/** Scales and encodes the bitmap; null if the browser cannot encode this type (Safari: no WebP). */
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
    // JPEG has no transparency: transparent pixels would turn black.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await toBlob(canvas, type, quality);
  return blob?.type === type ? blob : null;
}

/** OffscreenCanvas exists from Safari 16.4 on. */
function createCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement('canvas'), { width, height });
}

const toBlob = (canvas: OffscreenCanvas | HTMLCanvasElement, type: string, quality?: number) =>
  'convertToBlob' in canvas
    ? canvas.convertToBlob({ type, quality })
    : new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
