import { BrokenImage, type StrippedImage } from './stripped-image';

/** Chunks with pixels, transparency, frames and colours (RFC 9649). */
const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

interface Size {
  width: number;
  height: number;
}

interface Chunk {
  type: string;
  body: Buffer;
}

/**
 * Copies the chunks of a WebP that its picture needs; decodes nothing. The orientation is dropped with the
 * rest of the EXIF, because Chromium ignores it in a WebP.
 * @throws BrokenImage
 */
export function stripWebp(bytes: Buffer): StrippedImage {
  const all = chunksOf(bytes);
  const kept = all.filter(({ type }) => KEPT.has(type));
  const [first] = kept;
  if (!first || first !== all[0]) throw new BrokenImage('WebP: no picture');
  const isExtended = first.type === 'VP8X';
  const canvas = isExtended ? canvasIn(first.body) : pictureIn(first);
  checkPictures(kept.slice(isExtended ? 1 : 0), canvas);
  const chunks = isExtended ? [withoutExif(first), ...kept.slice(1)] : [first];
  return { data: fileOf(chunks), area: canvas.width * canvas.height, ...canvas };
}

function chunksOf(bytes: Buffer): Chunk[] {
  const end = bytes.length < 12 ? 0 : bytes.readUInt32LE(4) + 8;
  if (end < 12 || end > bytes.length) throw new BrokenImage('WebP: ends early');
  const chunks: Chunk[] = [];
  for (let at = 12; at < end; ) {
    if (at + 8 > end) throw new BrokenImage('WebP: half a chunk');
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > end) throw new BrokenImage('WebP: a chunk is longer than the file');
    chunks.push({
      type: bytes.toString('latin1', at, at + 4),
      body: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** A decoder allocates memory for the canvas, so no picture may be larger. */
function checkPictures(chunks: Chunk[], canvas: Size): void {
  const sizes = chunks.flatMap((chunk) => {
    if (chunk.type === 'ANMF') return [frameIn(chunk.body)];
    return chunk.type === 'VP8 ' || chunk.type === 'VP8L' ? [pictureIn(chunk)] : [];
  });
  if (sizes.length === 0) throw new BrokenImage('WebP: no picture');
  if (sizes.some(({ width, height }) => width > canvas.width || height > canvas.height))
    throw new BrokenImage('WebP: a picture is larger than its canvas');
}

function canvasIn(body: Buffer): Size {
  if (body.length < 10) throw new BrokenImage('WebP: a short header');
  return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 };
}

/** The canvas area up to the frame's far corner. Offsets are stored in units of two pixels. */
function frameIn(body: Buffer): Size {
  if (body.length < 24) throw new BrokenImage('WebP: a short frame');
  return {
    width: 2 * body.readUIntLE(0, 3) + body.readUIntLE(6, 3) + 1,
    height: 2 * body.readUIntLE(3, 3) + body.readUIntLE(9, 3) + 1,
  };
}

function pictureIn({ type, body }: Chunk): Size {
  if (type === 'VP8 ' && body.length >= 10 && body.readUIntBE(3, 3) === 0x9d012a)
    return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
  if (type === 'VP8L' && body.length >= 5 && body[0] === 0x2f) {
    const bits = body.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  throw new BrokenImage('WebP: the picture has no beginning');
}

/** The header without the flags of the removed chunks. */
function withoutExif({ type, body }: Chunk): Chunk {
  const header = Buffer.from(body);
  header[0] = (header[0] ?? 0) & ~(HAS_EXIF | HAS_XMP);
  return { type, body: header };
}

function fileOf(chunks: Chunk[]): Buffer {
  const parts = chunks.flatMap(({ type, body }) => {
    const head = Buffer.alloc(8, type, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return [head, body, Buffer.alloc(body.length % 2)];
  });
  const all = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), ...parts]);
  all.writeUInt32LE(all.length - 8, 4);
  return all;
}
