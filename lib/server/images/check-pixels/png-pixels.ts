import { createInflate } from 'node:zlib';
import { BrokenImage } from '../strip-metadata/stripped-image';

/** Channels by colour type, and the bits that each of them may have (PNG, third edition, table 8). */
const COLOUR_TYPES: Partial<Record<number, { channels: number; depths: number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

/** The seven passes of an interlaced picture: first column and row, and the steps between them. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const PLAIN = [[0, 0, 1, 1]] as const;

const LAST_FILTER = 4;

interface Header {
  bitsPerPixel: number;
  interlaced: boolean;
}

/** A picture or a frame of an animation, with its compressed pixels. */
interface Frame {
  width: number;
  height: number;
  parts: Buffer[];
}

/** The frames of a PNG that `stripPng` has accepted. @throws BrokenImage */
export function readPngFrames(bytes: Buffer): { frames: Frame[]; header: Header } {
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const header = readHeader(bytes.subarray(24, 29));
  const still: Frame = { width, height, parts: [] };
  const frames = [still];
  let announced: Frame | null = null;
  let hasPalette = false;
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'PLTE') hasPalette = true;
    if (type === 'IDAT') still.parts.push(body);
    // A frame that is announced before the pixels of the still picture is the still picture.
    if (type === 'fcTL') announced = readFrame(body, still);
    if (type === 'fdAT') {
      if (!announced || length < 4) throw new BrokenImage('PNG: a frame without its header');
      if (announced.parts.length === 0) frames.push(announced);
      announced.parts.push(body.subarray(4));
    }
    at += 12 + length;
  }
  if (bytes[25] === 3 && !hasPalette) throw new BrokenImage('PNG: no palette');
  return { frames, header };
}

function readHeader([depth = 0, colourType = 0, compression, filter, interlace = 0]: Buffer): Header {
  const kind = COLOUR_TYPES[colourType];
  if (!kind?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1)
    throw new BrokenImage('PNG: an unknown form of pixels');
  return { bitsPerPixel: kind.channels * depth, interlaced: interlace === 1 };
}

function readFrame(control: Buffer, canvas: Frame): Frame {
  if (control.length !== 26) throw new BrokenImage('PNG: a frame header of another length');
  const [width, height, x, y] = [4, 8, 12, 16].map((at) => control.readUInt32BE(at)) as [
    number,
    number,
    number,
    number,
  ];
  if (width === 0 || height === 0 || x + width > canvas.width || y + height > canvas.height)
    throw new BrokenImage('PNG: a frame outside its picture');
  return { width, height, parts: [] };
}

/**
 * Inflates the pixels of a frame, and never more than its size needs.
 * @throws BrokenImage unless there are exactly that many, each row with a valid filter, and nothing after them.
 */
export async function checkPngFrame({ width, height, parts }: Frame, header: Header): Promise<void> {
  const rows = rowsOf(width, height, header);
  const inflate = createInflate({ chunkSize: 65_536 });
  const compressed = parts.reduce((sum, part) => sum + part.length, 0);
  for (const part of parts) inflate.write(part);
  inflate.end();
  try {
    for await (const chunk of inflate) rows.take(chunk);
  } catch (cause) {
    if (cause instanceof BrokenImage) throw cause;
    throw new BrokenImage('PNG: pixels that cannot be inflated', { cause });
  }
  if (!rows.complete()) throw new BrokenImage('PNG: too few pixels');
  if (inflate.bytesWritten < compressed) throw new BrokenImage('PNG: something behind the pixels');
}

/** Walks through the rows of the passes. Each row begins with the number of its filter. */
function rowsOf(width: number, height: number, { bitsPerPixel, interlaced }: Header) {
  const passes = (interlaced ? ADAM7 : PLAIN)
    .map(([x, y, stepX, stepY]) => ({
      rowBytes: Math.ceil((Math.ceil((width - x) / stepX) * bitsPerPixel) / 8),
      rows: width > x ? Math.max(0, Math.ceil((height - y) / stepY)) : 0,
    }))
    .filter(({ rowBytes, rows }) => rows > 0 && rowBytes > 0);
  let pass = 0;
  let row = 0;
  let left = 0;
  return {
    take(chunk: Buffer): void {
      let at = 0;
      while (at < chunk.length) {
        if (left === 0) {
          const current = passes[pass];
          if (!current) throw new BrokenImage('PNG: too many pixels');
          if ((chunk[at] ?? 0) > LAST_FILTER) throw new BrokenImage('PNG: a filter that does not exist');
          at += 1;
          left = current.rowBytes;
          row += 1;
          if (row === current.rows) {
            pass += 1;
            row = 0;
          }
        }
        const taken = Math.min(left, chunk.length - at);
        left -= taken;
        at += taken;
      }
    },
    complete: () => pass === passes.length && left === 0,
  };
}
