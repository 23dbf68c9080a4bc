import { setImmediate as nextTick } from 'node:timers/promises';
import { ChatError } from '@/lib/chat/chat-error';
import { IMAGE_PIXELS } from '@/lib/chat/image-limits';
import type { StoredImage } from '@/lib/server/store/store';
import { BrokenImage } from '../strip-metadata/stripped-image';
import { checkGifPicture, readGifPictures } from './gif-pixels';
import { checkJpeg } from './jpeg-pixels';
import { checkPngFrame, readPngFrames } from './png-pixels';

/** The most pixels of an animation, over all frames, because every frame is decoded here. */
const ANIMATION_PIXELS = 4 * IMAGE_PIXELS;
/**
 * Each frame counts at least this many pixels, because it takes time of its own. So an animation has at most 4,000.
 */
const LEAST_FRAME_PIXELS = ANIMATION_PIXELS / 4_000;

/** A WebP of noise at the best quality takes less than half of this. */
const WEBP_BYTES_PER_PIXEL = 8;
/** Room for headers, a colour profile and the overhead of a small picture. */
const WEBP_OTHER_BYTES = 30_000;

/**
 * Checks that a stripped image contains pixels and not something else, by decoding each of them. In the arithmetic
 * code of WebP, any bytes decode to something, so there only the number of bytes per pixel is checked.
 * @throws ChatError `unsupported_image`, or `too_large` for an animation of too many pixels.
 */
export async function checkPixels({ type, width, height, data }: StoredImage): Promise<void> {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  try {
    if (type === 'image/png') await checkPng(bytes);
    else if (type === 'image/gif') await checkGif(bytes);
    else if (type === 'image/jpeg') await checkJpeg(bytes);
    else if (bytes.length > width * height * WEBP_BYTES_PER_PIXEL + WEBP_OTHER_BYTES)
      throw new BrokenImage('WebP: more bytes than the pixels can have');
  } catch (cause) {
    if (cause instanceof BrokenImage) throw new ChatError('unsupported_image', { cause });
    throw cause;
  }
}

async function checkPng(bytes: Buffer): Promise<void> {
  const { frames, header } = readPngFrames(bytes);
  checkArea(frames.map(({ width, height }) => width * height));
  for (const frame of frames) await checkPngFrame(frame, header);
}

async function checkGif(bytes: Buffer): Promise<void> {
  const pictures = readGifPictures(bytes);
  checkArea(pictures.map(({ pixels }) => pixels));
  for (const picture of pictures) {
    checkGifPicture(picture);
    // An animation must not hold up other requests.
    await nextTick();
  }
}

function checkArea(areas: readonly number[]): void {
  if (areas.reduce((sum, area) => sum + Math.max(area, LEAST_FRAME_PIXELS), 0) <= ANIMATION_PIXELS) return;
  throw new ChatError('too_large', {
    reason: 'image_pixels',
    message: `The animation has more than ${ANIMATION_PIXELS / 1_000_000} million pixels.`,
  });
}
