import { BrokenImage } from '../strip-metadata/stripped-image';

const EXTENSION = 0x21;
const TRAILER = 0x3b;
/** Codes have at most 12 bits (GIF89a, appendix F). */
const MAX_CODES = 4096;
/** Some encoders write the end code late. At most this many bytes may follow the last pixel. */
const SLACK_BYTES = 255;

interface Picture {
  pixels: number;
  codeBits: number;
  data: Buffer;
}

/** The pictures of a GIF that `stripGif` has accepted, with their compressed pixels. */
export function readGifPictures(bytes: Buffer): Picture[] {
  const pictures: Picture[] = [];
  let at = 13 + colourBytes(bytes[10]);
  while (bytes[at] !== TRAILER) {
    const isExtension = bytes[at] === EXTENSION;
    const start = isExtension ? at + 2 : at + 10 + colourBytes(bytes[at + 9]);
    const blocks = readBlocks(bytes, isExtension ? start : start + 1);
    if (!isExtension)
      pictures.push({
        pixels: bytes.readUInt16LE(at + 5) * bytes.readUInt16LE(at + 7),
        codeBits: bytes[start] ?? 0,
        data: Buffer.concat(blocks.parts),
      });
    at = blocks.end;
  }
  return pictures;
}

const colourBytes = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0);

function readBlocks(bytes: Buffer, from: number): { parts: Buffer[]; end: number } {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const length = bytes[at];
    if (length === undefined) throw new BrokenImage('GIF: ends early');
    at += 1;
    if (length === 0) return { parts, end: at };
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
}

/**
 * Reads the codes of a picture and counts their pixels without storing them.
 * @throws BrokenImage for an undefined code, for too few pixels, and for bytes after the last pixel.
 */
export function checkGifPicture({ pixels, codeBits, data }: Picture): void {
  if (codeBits < 1 || codeBits > 11) throw new BrokenImage('GIF: an unknown size of codes');
  const clear = 1 << codeBits;
  const end = clear + 1;
  const lengths = new Uint32Array(MAX_CODES).fill(1, 0, clear);
  let next = end + 1;
  let bits = codeBits + 1;
  let previous = -1;
  let counted = 0;
  let at = 0;
  let buffer = 0;
  let buffered = 0;
  while (counted < pixels) {
    while (buffered < bits) {
      if (at >= data.length) throw new BrokenImage('GIF: too few pixels');
      buffer |= (data[at] ?? 0) << buffered;
      buffered += 8;
      at += 1;
    }
    const code = buffer & ((1 << bits) - 1);
    buffer >>>= bits;
    buffered -= bits;
    if (code === end) throw new BrokenImage('GIF: too few pixels');
    if (code === clear) {
      next = end + 1;
      bits = codeBits + 1;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0) || (code > clear && previous < 0))
      throw new BrokenImage('GIF: a code without a meaning');
    const before = previous < 0 ? 0 : (lengths[previous] ?? 0);
    if (previous >= 0 && next < MAX_CODES) {
      lengths[next] = before + 1;
      next += 1;
      if (next === 1 << bits && bits < 12) bits += 1;
    } else if (code >= next) throw new BrokenImage('GIF: a code without a meaning');
    counted += lengths[code] ?? 0;
    previous = code;
  }
  if (data.length - at > SLACK_BYTES) throw new BrokenImage('GIF: something behind the pixels');
}
