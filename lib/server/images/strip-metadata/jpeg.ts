import { BrokenImage, type StrippedImage } from './stripped-image';
import { displaySize, type Orientation, readOrientation, tiffOfOrientation } from './tiff-orientation';

/** Marker codes (ITU-T T.81, table B.1). */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DHT = 0xc4;
const DAC = 0xcc;
const DRI = 0xdd;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

const EXIF = 'Exif\0\0';
const ICC = 'ICC_PROFILE\0';
/** The length of a JFIF header without its thumbnail. */
const JFIF_BYTES = 14;

const TABLES = new Set([DQT, DHT, DAC, DRI]);

/**
 * Copies what a JPEG's picture needs: tables, frame, scans, colour profile, colour coding and orientation.
 * Leaves out everything after the picture, such as a second picture or a film. Decodes nothing.
 * @throws BrokenImage
 */
export function stripJpeg(bytes: Buffer): StrippedImage {
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | null = null;
  let orientation: Orientation = 1;
  let hasScan = false;
  for (let at = 2; ; ) {
    // A marker may be preceded by any number of fill bytes.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined)
      throw new BrokenImage('JPEG: no marker where one must be');
    if (marker === EOI) break;
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw new BrokenImage('JPEG: a segment is longer than the file');
    const segment = bytes.subarray(at, end);
    const body = segment.subarray(4);
    if (isFrame(marker)) {
      if (size) throw new BrokenImage('JPEG: two frames');
      size = sizeIn(body);
      kept.push(segment);
    } else if (marker === APP1 && startsWith(body, EXIF)) {
      orientation = readOrientation(body.subarray(EXIF.length));
    } else if (marker === SOS) {
      if (!size) throw new BrokenImage('JPEG: a scan without a frame');
      hasScan = true;
      const next = endOfScan(bytes, end);
      kept.push(bytes.subarray(at, next));
      at = next;
      // A file truncated by a camera or a network can still be displayed.
      if (at >= bytes.length) break;
      continue;
    } else {
      const part = partToKeep(marker, segment, body);
      if (part) kept.push(part);
    }
    at = end;
  }
  if (!size || !hasScan) throw new BrokenImage('JPEG: no picture');
  const upright =
    orientation === 1 ? [] : [segmentOf(APP1, [Buffer.from(EXIF, 'latin1'), tiffOfOrientation(orientation)])];
  const data = Buffer.concat([Buffer.of(0xff, SOI), ...upright, ...kept, Buffer.of(0xff, EOI)]);
  return { data, area: size.width * size.height, ...displaySize(size, orientation) };
}

function partToKeep(marker: number, segment: Buffer, body: Buffer): Buffer | null {
  if (TABLES.has(marker)) return segment;
  if (marker === APP2 && startsWith(body, ICC)) return segment;
  if (marker === APP14 && startsWith(body, 'Adobe')) return segment;
  if (marker === APP0 && startsWith(body, 'JFIF\0') && body.length >= JFIF_BYTES) {
    const header = Buffer.from(body.subarray(0, JFIF_BYTES));
    header.fill(0, JFIF_BYTES - 2);
    return segmentOf(APP0, [header]);
  }
  return null;
}

/** SOF0 to SOF15, except for three codes in that range with other meanings. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== DHT && marker !== 0xc8 && marker !== DAC;

function sizeIn(frame: Buffer): { width: number; height: number } {
  if (frame.length < 6) throw new BrokenImage('JPEG: a short frame');
  return { height: frame.readUInt16BE(1), width: frame.readUInt16BE(3) };
}

/** The end of the coded data: the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    const isRestart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && next !== 0xff && !isRestart) return at;
  }
  return bytes.length;
}

function segmentOf(marker: number, parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

const startsWith = (body: Buffer, text: string): boolean => body.toString('latin1', 0, text.length) === text;
