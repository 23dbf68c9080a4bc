/** EXIF orientation: 1 is upright, 2 to 8 are rotated or mirrored (TIFF 6.0, tag 274). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const TAG = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;

/** The orientation in a TIFF block; 1 if there is none or the block cannot be read. */
export function readOrientation(tiff: Buffer): Orientation {
  const isLittleEndian = tiff.toString('latin1', 0, 4) === 'II*\0';
  if (!isLittleEndian && tiff.toString('latin1', 0, 4) !== 'MM\0*') return 1;
  if (tiff.length < 8) return 1;
  const short = (at: number) => (isLittleEndian ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittleEndian ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return 1;
  const entries = Math.min(short(directory), Math.floor((tiff.length - directory - 2) / ENTRY_BYTES));
  for (let n = 0; n < entries; n++) {
    const at = directory + 2 + n * ENTRY_BYTES;
    if (short(at) === TAG && short(at + 2) === SHORT) return asOrientation(short(at + 8));
  }
  return 1;
}

function asOrientation(value: number): Orientation {
  return value >= 1 && value <= 8 ? (value as Orientation) : 1; // the parsed edge: an integer in that range
}

/** A TIFF block with an orientation and nothing else. */
export function tiffOfOrientation(orientation: Orientation): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(TAG, 10);
  tiff.writeUInt16BE(SHORT, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/** The size as displayed: the last four orientations are rotated by a quarter turn. */
export const displaySize = (
  { width, height }: { width: number; height: number },
  orientation: Orientation,
): { width: number; height: number } =>
  orientation >= 5 ? { width: height, height: width } : { width, height };
