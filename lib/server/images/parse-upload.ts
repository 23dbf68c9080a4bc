import { createHash } from 'node:crypto';
import { ChatError } from '@/lib/chat/errors';
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
  isMine: (bytes: Buffer) => boolean;
  bare: (bytes: Buffer) => StrippedImage;
}

/** Told by the first bytes, whatever the upload was called. Adding a format is a row here. */
const FORMATS: readonly Format[] = [
  {
    type: 'image/png',
    isMine: (bytes) => PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length)),
    bare: stripPng,
  },
  { type: 'image/jpeg', isMine: (bytes) => /^\xff\xd8\xff/.test(startOf(bytes)), bare: stripJpeg },
  { type: 'image/webp', isMine: (bytes) => /^RIFF.{4}WEBP/s.test(startOf(bytes)), bare: stripWebp },
  { type: 'image/gif', isMine: (bytes) => /^GIF8[79]a/.test(startOf(bytes)), bare: stripGif },
];

const startOf = (bytes: Buffer): string => bytes.toString('latin1', 0, 12);

/**
 * The image in these bytes, as it is stored: with nothing beside the picture, and an id made of what is left. Nothing
 * is decompressed, so what it costs is bounded by its bytes.
 * @throws ChatError `unsupported_image`, or `too_large` for one of too many pixels.
 */
export function parseUpload(bytes: Buffer): StoredImage {
  const format = FORMATS.find(({ isMine }) => isMine(bytes));
  if (!format) throw new ChatError('unsupported_image');
  const { data, width, height, area } = bareOf(format, bytes);
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

function bareOf({ bare }: Format, bytes: Buffer): StrippedImage {
  try {
    return bare(bytes);
  } catch (cause) {
    if (cause instanceof BrokenImage) throw new ChatError('unsupported_image', { cause });
    throw cause;
  }
}
