import type { ImageType } from '@/lib/chat/turn';
import { encodeImage } from './encode-image';
import { fitWithin } from './fit-within';
import { ImageRefusal } from './image-refusal';

/** What a model makes use of: the longer side in pixels, and about how many bytes are sent for it. */
const MOST_PIXELS = 2048;
const MOST_BYTES = 1_000_000;
/** A file beyond this is not even opened: a phone would run out of memory. */
const MOST_SOURCE_BYTES = 50_000_000;

type Rung = { type: ImageType; quality?: number };

const PHOTO: readonly Rung[] = [0.9, 0.8, 0.7, 0.6].map((quality) => ({ type: 'image/jpeg', quality }));
/** A drawing or a screenshot stays sharp, and see-through, where that is not too large. */
const DRAWING: readonly Rung[] = [{ type: 'image/png' }, { type: 'image/webp', quality: 0.9 }, ...PHOTO];

/**
 * The image as it is uploaded: upright, at most 2,048 pixels and about 1 MB, made anew from its pixels so that nothing
 * of where and when it was taken goes along. A small animated GIF stays as it is.
 * @throws ImageRefusal
 */
export async function prepareImage(file: Blob): Promise<Blob> {
  if (!file.type.startsWith('image/') || file.type === 'image/svg+xml') throw new ImageRefusal('type');
  if (file.size > MOST_SOURCE_BYTES) throw new ImageRefusal('too_big');
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch((cause: unknown) => {
    throw new ImageRefusal('unreadable', cause);
  });
  try {
    const isSmall = file.size <= MOST_BYTES && Math.max(bitmap.width, bitmap.height) <= MOST_PIXELS;
    if (file.type === 'image/gif' && isSmall) return file;
    return await smallEnough(bitmap, file.type === 'image/jpeg' ? PHOTO : DRAWING);
  } catch (cause) {
    // A phone without memory for the canvas tells it by an error of its own kind.
    throw cause instanceof ImageRefusal ? cause : new ImageRefusal('unreadable', cause);
  } finally {
    bitmap.close();
  }
}

/** Down the ladder until it fits; then, smaller and smaller, by its last rung. */
async function smallEnough(bitmap: ImageBitmap, ladder: readonly Rung[]): Promise<Blob> {
  for (let most = MOST_PIXELS; ; most = Math.floor(most * 0.75)) {
    const size = fitWithin(bitmap, most);
    for (const { type, quality } of most === MOST_PIXELS ? ladder : ladder.slice(-1)) {
      const blob = await encodeImage(bitmap, size, type, quality);
      if (blob && (blob.size <= MOST_BYTES || most < 64)) return blob;
    }
    if (most < 64) throw new ImageRefusal('unreadable');
  }
}
