import { createHash } from 'node:crypto';
import { ChatError } from '@/lib/chat/chat-error';
import { IMAGE_PIXELS } from '@/lib/chat/image-limits';
import type { ImageType } from '@/lib/chat/turn';
import type { StoredImage } from '@/lib/server/store/store';
import { stripGif } from './strip-metadata/gif';
import { stripJpeg } from './strip-metadata/jpeg';
import { PNG_SIGNATURE, stripPng } from './strip-metadata/png';
import { BrokenImage, type StrippedImage } from './strip-metadata/stripped-image';
import { stripWebp } from './strip-metadata/webp';

interface Format {
  type: ImageType;
  matches: (bytes: Buffer) => boolean;
  strip: (bytes: Buffer) => StrippedImage;
}

/** Recognised by the first bytes, whatever the upload's name or type. To add a format, add a row. */
const FORMATS: readonly Format[] = [
  {
    type: 'image/png',
    matches: (bytes) => PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length)),
    strip: stripPng,
  },
  { type: 'image/jpeg', matches: (bytes) => /^\xff\xd8\xff/.test(startOf(bytes)), strip: stripJpeg },
  { type: 'image/webp', matches: (bytes) => /^RIFF.{4}WEBP/s.test(startOf(bytes)), strip: stripWebp },
  { type: 'image/gif', matches: (bytes) => /^GIF8[79]a/.test(startOf(bytes)), strip: stripGif },
];

const startOf = (bytes: Buffer): string => bytes.toString('latin1', 0, 12);

/**
 * Turns an upload into the image to store: without metadata, and with an id that is a hash of the remaining
 * bytes. Nothing is decompressed, so the cost depends only on the number of bytes.
 * @throws ChatError `unsupported_image`, or `too_large` for too many pixels.
 */
export function parseUpload(bytes: Buffer): StoredImage {
  const format = FORMATS.find(({ matches }) => matches(bytes));
  if (!format) throw new ChatError('unsupported_image');
  const { data, width, height, area } = stripMetadata(format, bytes);
  if (width === 0 || height === 0) throw new ChatError('unsupported_image');
  if (area > IMAGE_PIXELS)
    throw new ChatError('too_large', {
      reason: 'image_pixels',
      message: `The image has more than ${IMAGE_PIXELS / 1_000_000} million pixels.`,
    });
  return {
    id: createHash('sha256').update(data).digest('base64url'),
    type: format.type,
    width,
    height,
    data,
  };
}

function stripMetadata({ strip }: Format, bytes: Buffer): StrippedImage {
  try {
    return strip(bytes);
  } catch (cause) {
    if (cause instanceof BrokenImage) throw new ChatError('unsupported_image', { cause });
    throw cause;
  }
}
