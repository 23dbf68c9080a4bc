import { crc32 } from 'node:zlib';
import { BrokenImage, type StrippedImage } from './stripped-image';
import { displaySize, type Orientation, readOrientation, tiffOfOrientation } from './tiff-orientation';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Chunks with pixels, colours and frames. All others (text, time, EXIF, private chunks) are metadata. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT'.split(
    ' ',
  ),
);

/**
 * Copies the chunks of a PNG (third edition, 5.3) that its picture needs; inflates nothing. @throws
 * BrokenImage
 */
export function stripPng(bytes: Buffer): StrippedImage {
  const kept: Buffer[] = [PNG_SIGNATURE];
  let size: { width: number; height: number } | null = null;
  let orientation: Orientation = 1;
  let hasPixels = false;
  for (let at = PNG_SIGNATURE.length; ; ) {
    if (at + 12 > bytes.length) throw new BrokenImage('PNG: ends early');
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) throw new BrokenImage('PNG: a chunk is longer than the file');
    const body = bytes.subarray(at + 8, at + 8 + length);
    if ((type === 'IHDR') !== (size === null)) throw new BrokenImage('PNG: not one header, at the beginning');
    if (type === 'IHDR') size = sizeIn(body);
    if (type === 'eXIf') orientation = readOrientation(body);
    if (type === 'IDAT') hasPixels = true;
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  if (!size || !hasPixels) throw new BrokenImage('PNG: no picture');
  // After the signature and the header; eXIf must come before the pixels.
  if (orientation !== 1) kept.splice(2, 0, chunkOf('eXIf', tiffOfOrientation(orientation)));
  return { data: Buffer.concat(kept), area: size.width * size.height, ...displaySize(size, orientation) };
}

function sizeIn(header: Buffer): { width: number; height: number } {
  if (header.length !== 13) throw new BrokenImage('PNG: a header of another length');
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4) };
}

export function chunkOf(type: string, body: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, 'latin1');
  body.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}
