import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { chunkOf, PNG_SIGNATURE } from '../strip-metadata/png';

/** Stands for metadata in these images: it must not be in what is stored. */
export const SECRET = 'SECRET PLACE 51.5007 N';

/** A PNG of one colour, or of random pixels. `changed`: a false size for its header. */
export function aPng({
  width = 4,
  height = 3,
  noise = false,
  changed = {} as { width?: number; height?: number },
} = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(changed.width ?? width, 0);
  header.writeUInt32BE(changed.height ?? height, 4);
  // Eight bits, RGB for noise, otherwise grey.
  const channels = noise ? 3 : 1;
  header.set([8, noise ? 2 : 0, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, () =>
    // Each row begins with its filter: none.
    Buffer.concat([Buffer.of(0), noise ? randomBytes(width * channels) : Buffer.alloc(width)]),
  );
  const pixels = deflateSync(Buffer.concat(rows));
  return Buffer.concat([
    PNG_SIGNATURE,
    chunkOf('IHDR', header),
    chunkOf('IDAT', pixels),
    chunkOf('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG with unique bytes. */
export function aNewPng(size: { width?: number; height?: number; noise?: boolean } = {}): Buffer {
  const png = aPng(size);
  return inserted(png, 33, chunkOf('hIST', Buffer.from(crypto.randomUUID())));
}

/** Six by four pixels, red and blue, made by a browser. */
export const aJpeg = (): Buffer =>
  Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAEAAYDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAZEAEAAgMAAAAAAAAAAAAAAAAAAQQzcsH/xAAVAQEBAAAAAAAAAAAAAAAAAAACBv/EABkRAAIDAQAAAAAAAAAAAAAAAAAFAjRxA//aAAwDAQACEQMRAD8Alr2aNeyArVlTng2Fqen/2Q==',
    'base64',
  );

/** The same picture as a simple WebP. */
export const aWebp = (): Buffer => {
  const picture = Buffer.from(
    'sAIAnQEqBgAEAALATCWoAnRyAPsArgD9AAPpAK14AP7vlkf4GT/47dglE//tof+7VlZE/Ud+vHnDJvk8+/EAAA==',
    'base64',
  );
  return riff([['VP8 ', picture]]);
};

/** The same picture as an extended WebP, with room for other chunks. */
export function anExtendedWebp(more: [string, Buffer][], canvas = { width: 6, height: 4 }): Buffer {
  const header = Buffer.alloc(10);
  header[0] = 0x0c;
  header.writeUIntLE(canvas.width - 1, 4, 3);
  header.writeUIntLE(canvas.height - 1, 7, 3);
  return riff([['VP8X', header], ['VP8 ', aWebp().subarray(20)], ...more]);
}

export function riff(chunks: [string, Buffer][]): Buffer {
  const parts = chunks.flatMap(([type, body]) => {
    const head = Buffer.alloc(8, type, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return [head, body, Buffer.alloc(body.length % 2)];
  });
  const file = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), ...parts]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

/** One black pixel on a canvas of this size. */
export function aGif({ width = 1, height = 1 } = {}): Buffer {
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
  gif.writeUInt16LE(width, 6);
  gif.writeUInt16LE(height, 8);
  return gif;
}

/** A segment of a JPEG. */
export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** EXIF as cameras write it, with an orientation and other fields, in either byte order. */
export function exifOf(orientation: number, isLittleEndian: boolean): Buffer {
  const tiff = Buffer.alloc(34);
  tiff.write(isLittleEndian ? 'II*\0' : 'MM\0*', 'latin1');
  const short = (value: number, at: number) =>
    isLittleEndian ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittleEndian ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  long(8, 4);
  short(2, 8);
  for (const [n, [tag, kind, value]] of [
    [0x8825, 4, 26],
    [0x0112, 3, 0],
  ].entries()) {
    short(tag ?? 0, 10 + 12 * n);
    short(kind ?? 0, 12 + 12 * n);
    long(1, 14 + 12 * n);
    long(value ?? 0, 18 + 12 * n);
  }
  short(orientation, 30);
  return Buffer.concat([tiff, Buffer.from(SECRET)]);
}

export const inserted = (bytes: Buffer, at: number, more: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
