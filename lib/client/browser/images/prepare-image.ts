import { type ImageType, isImageType } from '@/lib/chat/turn';
import { encodeImage } from './encode-image';
import { fitWithin } from './fit-within';
import { type ImageFormat, imageFormat } from './image-format';
import { ImageRefusal } from './image-refusal';

/** Models use no more detail than this: pixels of the longer side, and bytes of the encoded image. */
const PIXEL_LIMIT = 2048;
const BYTE_LIMIT = 1_000_000;
/** Larger files are not decoded: a phone would run out of memory. */
const SOURCE_BYTE_LIMIT = 50_000_000;
/** Below this many pixels no further scaling is tried. */
const SMALLEST_SIDE = 64;

type Encoding = { type: ImageType; quality?: number };

/** Encodings to try, the best first. */
const PHOTO: readonly Encoding[] = [0.9, 0.8, 0.7, 0.6].map((quality) => ({ type: 'image/jpeg', quality }));
/** Keeps a drawing or a screenshot sharp and transparent, if that is not too large. */
const DRAWING: readonly Encoding[] = [{ type: 'image/png' }, { type: 'image/webp', quality: 0.9 }, ...PHOTO];

/**
 * The image to upload: upright, at most 2,048 pixels and about 1 MB. It is encoded from its pixels, which
 * drops metadata such as the place where a photo was taken. A small GIF stays as it is, since it may be
 * animated.
 * @throws ImageRefusal
 */
export async function prepareImage(file: Blob): Promise<Blob> {
  const format = await imageFormat(file);
  // Not every system knows the type of a HEIC photo, so the file then has none.
  const isImage = file.type.startsWith('image/') || format === 'heic';
  if (!isImage || file.type === 'image/svg+xml') throw new ImageRefusal('type');
  if (file.size > SOURCE_BYTE_LIMIT) throw new ImageRefusal('too_big');
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch((cause: unknown) => {
    throw new ImageRefusal(undecodable(format, file.type), cause);
  });
  try {
    const isSmall = file.size <= BYTE_LIMIT && Math.max(bitmap.width, bitmap.height) <= PIXEL_LIMIT;
    if (file.type === 'image/gif' && isSmall) return file;
    return await encodeWithinLimit(bitmap, file.type === 'image/jpeg' ? PHOTO : DRAWING);
  } catch (cause) {
    // A phone that lacks the memory for the canvas throws an error of another type.
    throw cause instanceof ImageRefusal ? cause : new ImageRefusal('unreadable', cause);
  } finally {
    bitmap.close();
  }
}

/** Why an image that cannot be decoded is refused. Only one of a supported type is damaged. */
function undecodable(format: ImageFormat, type: string): 'heic' | 'unreadable' | 'type' {
  if (format === 'heic') return 'heic';
  return format === 'supported' || isImageType(type) ? 'unreadable' : 'type';
}

/** Tries each encoding at full size, then the last one at ever smaller sizes. */
async function encodeWithinLimit(bitmap: ImageBitmap, encodings: readonly Encoding[]): Promise<Blob> {
  for (let side = PIXEL_LIMIT; ; side = Math.floor(side * 0.75)) {
    const size = fitWithin(bitmap, side);
    for (const { type, quality } of side === PIXEL_LIMIT ? encodings : encodings.slice(-1)) {
      const blob = await encodeImage(bitmap, size, type, quality);
      if (blob && (blob.size <= BYTE_LIMIT || side < SMALLEST_SIDE)) return blob;
    }
    if (side < SMALLEST_SIDE) throw new ImageRefusal('unreadable');
  }
}
