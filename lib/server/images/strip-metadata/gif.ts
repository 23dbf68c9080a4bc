import { BrokenImage, type StrippedImage } from './stripped-image';

const EXTENSION = 0x21;
const PICTURE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** Application blocks that say how often an animation repeats. All others, such as XMP, are metadata. */
const REPEAT_BLOCKS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

/**
 * Copies the blocks of a GIF (GIF89a specification) that its pictures need; decodes nothing. @throws
 * BrokenImage
 */
export function stripGif(bytes: Buffer): StrippedImage {
  if (bytes.length < 13) throw new BrokenImage('GIF: ends early');
  const width = bytes.readUInt16LE(6);
  const height = bytes.readUInt16LE(8);
  // Before the blocks: the header, and the colours that all pictures share.
  let at = 13 + colourBytes(bytes[10]);
  const kept: Buffer[] = [bytes.subarray(0, at)];
  const most = { width, height };
  let pictures = 0;
  while (bytes[at] !== TRAILER) {
    const start = at;
    if (bytes[at] === PICTURE) {
      if (at + 11 > bytes.length) throw new BrokenImage('GIF: ends early');
      most.width = Math.max(most.width, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5));
      most.height = Math.max(most.height, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7));
      pictures += 1;
      at = endOfBlocks(bytes, at + 10 + colourBytes(bytes[at + 9]) + 1);
      kept.push(bytes.subarray(start, at));
    } else if (bytes[at] === EXTENSION) {
      at = endOfBlocks(bytes, at + 2);
      if (isKept(bytes, start)) kept.push(bytes.subarray(start, at));
    } else throw new BrokenImage('GIF: an unknown block');
  }
  if (pictures === 0) throw new BrokenImage('GIF: no picture');
  return {
    data: Buffer.concat([...kept, Buffer.of(TRAILER)]),
    width,
    height,
    area: most.width * most.height,
  };
}

/** The length of the colour table that the flags announce. */
const colourBytes = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0);

function isKept(bytes: Buffer, at: number): boolean {
  const label = bytes[at + 1];
  return (
    label === GRAPHIC_CONTROL ||
    (label === APPLICATION && REPEAT_BLOCKS.has(bytes.toString('latin1', at + 3, at + 14)))
  );
}

/** The position after a list of sub-blocks, which ends with an empty one. */
function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) throw new BrokenImage('GIF: ends early');
    at += 1 + length;
    if (length === 0) return at;
  }
}
