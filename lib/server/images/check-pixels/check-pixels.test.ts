import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseUpload } from '../parse-upload';
import { chunkOf, PNG_SIGNATURE } from '../strip-metadata/png';
import { aGif, aJpeg, aNewPng, anExtendedWebp, aPng, aWebp } from '../testing/sample-images';
import { checkPixels } from './check-pixels';

const check = (bytes: Buffer): Promise<void> => checkPixels(parseUpload(bytes));
const UNSUPPORTED = { code: 'unsupported_image' };

/** 19 by 11 pixels of noise in ten scans. */
const progressiveJpeg = (): Buffer =>
  Buffer.from(
    '/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wgARCAALABMDASIAAhEBAxEB/8QAFwABAAMAAAAAAAAAAAAAAAAAAAECBP/EABUBAQEAAAAAAAAAAAAAAAAAAAAC/9oADAMBAAIQAxAAAAEtAZVP/8QAGRABAAIDAAAAAAAAAAAAAAAAAQACAxAx/9oACAEBAAEFAu7QhMlkv//EABURAQEAAAAAAAAAAAAAAAAAAAAh/9oACAEDAQE/AUf/xAAXEQEAAwAAAAAAAAAAAAAAAAAAAQIR/9oACAECAQE/AUU1/8QAGBAAAwEBAAAAAAAAAAAAAAAAAAEQEUH/2gAIAQEABj8CnBR4f//EABwQAAIDAAMBAAAAAAAAAAAAAAABESExQVFxgf/aAAgBAQABPyHDuya6ozn6EopHjRONCP/aAAwDAQACAAMAAAAQIM//xAAZEQADAAMAAAAAAAAAAAAAAAAAAREhofD/2gAIAQMBAT8QgrWe2f/EABgRAQADAQAAAAAAAAAAAAAAAAEAEVHw/9oACAECAQE/EBGUh3sn/8QAHBABAQACAgMAAAAAAAAAAAAAAREAITFBUWGx/9oACAEBAAE/EKwACi2b6QuES78NKTvBKEmrOR8wkkGX3pwCjG24TvJFSQA8Gf/Z',
    'base64',
  );

/** Two frames of one colour each. */
const animatedGif = (): Buffer =>
  Buffer.from(
    'R0lGODlhBAADAIAAAExpcVoAACH5BAUAAAAALAAAAAAEAAMAAAIDjI9WACH5BAUAAAAALAAAAAAEAAMAgExpcbQAAAIDjI9WADs=',
    'base64',
  );

/** A PNG of these pixels, filters included, as they are. */
function pngOf(
  pixels: Buffer,
  header: { width: number; height: number; depth?: number; type?: number; interlaced?: boolean },
) {
  const { width, height, depth = 8, type = 0, interlaced = false } = header;
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  ihdr.set([depth, type, 0, 0, interlaced ? 1 : 0], 8);
  const palette = type === 3 ? [chunkOf('PLTE', Buffer.alloc(6))] : [];
  return Buffer.concat([
    PNG_SIGNATURE,
    chunkOf('IHDR', ihdr),
    ...palette,
    chunkOf('IDAT', pixels),
    chunkOf('IEND', Buffer.of()),
  ]);
}
const deflated = (bytes: number) => deflateSync(Buffer.alloc(bytes));

/** Bytes without the one that begins a marker. */
const noise = (size: number): Buffer =>
  Buffer.from(randomBytes(size).map((byte) => (byte === 0xff ? 0xfe : byte)));

/** The same headers, with random bytes in place of the coded blocks. */
function withNoise(jpeg: Buffer, size: number): Buffer {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const coded = scan + 2 + jpeg.readUInt16BE(scan + 2);
  return Buffer.concat([jpeg.subarray(0, coded), noise(size), Buffer.from([0xff, 0xd9])]);
}

/** Says that it has this size; the coded blocks are those of the small picture. */
function sized(jpeg: Buffer, width: number, height: number): Buffer {
  const at = jpeg.findIndex((byte, n) => byte === 0xff && [0xc0, 0xc2].includes(jpeg[n + 1] ?? 0));
  jpeg.writeUInt16BE(height, at + 5);
  jpeg.writeUInt16BE(width, at + 7);
  return jpeg;
}

describe('a real picture is accepted', () => {
  it.each<[string, Buffer]>([
    ['a PNG of one colour', aPng()],
    ['a PNG of noise', aNewPng({ width: 300, height: 200, noise: true })],
    ['a PNG of one bit', pngOf(deflated(3 * 11), { width: 15, height: 11, depth: 1 })],
    ['a PNG with a palette', pngOf(deflated(9 * 4), { width: 8, height: 4, depth: 8, type: 3 })],
    [
      'a PNG of 16 bits with transparency',
      pngOf(deflated((1 + 5 * 8) * 3), { width: 5, height: 3, depth: 16, type: 6 }),
    ],
    ['an interlaced PNG of one pixel', pngOf(deflated(2), { width: 1, height: 1, interlaced: true })],
    // Seven passes, of 1×1, 1×1, 2×1, 1×2, 3×1, 3×3 and 6×2 pixels. A byte goes before each row.
    [
      'an interlaced PNG',
      pngOf(deflated(2 + 2 + 3 + 2 * 2 + 4 + 3 * 4 + 2 * 7), { width: 6, height: 5, interlaced: true }),
    ],
    ['a JPEG', aJpeg()],
    ['a progressive JPEG', progressiveJpeg()],
    ['a JPEG that ends early', aJpeg().subarray(0, -6)],
    ['a progressive JPEG that ends early', progressiveJpeg().subarray(0, -30)],
    ['a WebP', aWebp()],
    ['an extended WebP', anExtendedWebp([])],
    ['a GIF', aGif()],
    ['an animated GIF', animatedGif()],
  ])('%s', async (_, bytes) => {
    await expect(check(bytes)).resolves.toBeUndefined();
  });
});

describe('random bytes in the form of a picture are refused', () => {
  const gifOf = (data: Buffer) => {
    const blocks = Array.from({ length: Math.ceil(data.length / 250) }, (_, n) => {
      const part = data.subarray(n * 250, n * 250 + 250);
      return Buffer.concat([Buffer.of(part.length), part]);
    });
    return Buffer.concat([aGif().subarray(0, 38), ...blocks, Buffer.of(0, 0x3b)]);
  };
  const webp = () => {
    const bytes = Buffer.concat([aWebp().subarray(0, 30), randomBytes(100_000)]);
    bytes.writeUInt32LE(bytes.length - 8, 4);
    bytes.writeUInt32LE(bytes.length - 20, 16);
    return bytes;
  };
  it.each<[string, () => Buffer]>([
    ['a PNG', () => pngOf(randomBytes(50_000), { width: 500, height: 500, type: 6 })],
    ['a small JPEG', () => withNoise(aJpeg(), 100_000)],
    ['a large JPEG', () => withNoise(sized(aJpeg(), 2_000, 1_000), 300_000)],
    ['a progressive JPEG', () => withNoise(sized(progressiveJpeg(), 2_000, 1_000), 300_000)],
    ['a WebP', webp],
    ['a GIF', () => gifOf(randomBytes(20_000))],
  ])('%s', async (_, make) => {
    for (let n = 0; n < 5; n++) await expect(check(make())).rejects.toMatchObject(UNSUPPORTED);
  });

  it.each<[string, Buffer]>([
    ['a filter that does not exist', pngOf(deflateSync(Buffer.alloc(40, 5)), { width: 9, height: 4 })],
    ['too few pixels', pngOf(deflated(39), { width: 9, height: 4 })],
    ['too many pixels', pngOf(deflated(41), { width: 9, height: 4 })],
    [
      'something behind the pixels',
      pngOf(Buffer.concat([deflated(40), randomBytes(5_000)]), { width: 9, height: 4 }),
    ],
    ['an unknown colour type', pngOf(deflated(40), { width: 9, height: 4, type: 5 })],
    [
      'a depth that its colour type does not have',
      pngOf(deflated(40), { width: 9, height: 4, depth: 4, type: 2 }),
    ],
    ['pixels that end early', pngOf(deflated(40).subarray(0, -6), { width: 9, height: 4 })],
  ])('a PNG with %s', async (_, bytes) => {
    await expect(check(bytes)).rejects.toMatchObject(UNSUPPORTED);
  });

  it('a JPEG with something behind its blocks', async () => {
    const bytes = Buffer.concat([
      aJpeg().subarray(0, -2),
      Buffer.alloc(5_000, 0x41),
      Buffer.from([0xff, 0xd9]),
    ]);
    await expect(check(bytes)).rejects.toMatchObject(UNSUPPORTED);
  });
});

describe('the cost of a check is bounded', () => {
  it('stops a decompression bomb at the first excess pixel', async () => {
    const started = performance.now();
    const bomb = pngOf(deflated(100_000_000), { width: 100, height: 100 });
    const made = performance.now();
    await expect(check(bomb)).rejects.toMatchObject(UNSUPPORTED);
    expect(performance.now() - made).toBeLessThan((made - started) / 2);
  });

  it('refuses an animation with more pixels than four large pictures', async () => {
    const gif = aGif();
    const frame = Buffer.from(gif.subarray(19, -1));
    // The picture begins behind the graphic control block.
    frame.writeUInt16LE(7_000, 13);
    frame.writeUInt16LE(7_000, 15);
    const bytes = Buffer.concat([
      gif.subarray(0, 19),
      ...Array.from({ length: 5 }, () => frame),
      Buffer.of(0x3b),
    ]);
    await expect(check(bytes)).rejects.toMatchObject({ code: 'too_large', reason: 'image_pixels' });
  });

  /** A PNG of one pixel with so many frames of one pixel. */
  function animatedPng(count: number): Buffer {
    const still = pngOf(deflated(2), { width: 1, height: 1 });
    const control = Buffer.alloc(26);
    control.writeUInt32BE(1, 4);
    control.writeUInt32BE(1, 8);
    const pixels = Buffer.concat([Buffer.alloc(4), deflated(2)]);
    const frame = [chunkOf('fcTL', control), chunkOf('fdAT', pixels)];
    const frames = Array.from({ length: count }, () => frame).flat();
    return Buffer.concat([still.subarray(0, -12), ...frames, still.subarray(-12)]);
  }

  function gifOfFrames(count: number): Buffer {
    const gif = aGif();
    const frames = Array.from({ length: count }, () => gif.subarray(19, -1));
    return Buffer.concat([gif.subarray(0, 19), ...frames, Buffer.of(0x3b)]);
  }

  it.each([
    ['a PNG', animatedPng],
    ['a GIF', gifOfFrames],
  ])('refuses %s with too many frames, however small, and takes one with many', async (_, make) => {
    await expect(check(make(300))).resolves.toBeUndefined();
    const many = make(60_000);
    // CPU time, because the time on the clock depends on what else the machine does.
    const before = process.cpuUsage();
    await expect(check(many)).rejects.toMatchObject({ code: 'too_large', reason: 'image_pixels' });
    const { user, system } = process.cpuUsage(before);
    // Each frame used to be compared with all earlier ones, and then inflated.
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  it('reads a JPEG of nothing but restart markers one by one', async () => {
    const bytes = aJpeg();
    const at = bytes.indexOf(Buffer.from([0xff, 0xda]));
    const scan = bytes.subarray(at, at + 2 + bytes.readUInt16BE(at + 2));
    const markers = Buffer.alloc(8_000_000, Buffer.from([0xff, 0xd0]));
    const flood = Buffer.concat([bytes.subarray(0, at), scan, markers, Buffer.from([0xff, 0xd9])]);
    const image = parseUpload(flood);
    const before = process.memoryUsage().heapUsed;
    await checkPixels(image).catch(() => undefined);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  });

  it('takes a JPEG with a restart marker after its last block, but with nothing after that', async () => {
    const [picture, end] = [aJpeg().subarray(0, -2), Buffer.from([0xff, 0xd9])];
    const marker = Buffer.from([0xff, 0xd0]);
    await expect(check(Buffer.concat([picture, marker, end]))).resolves.toBeUndefined();
    for (const more of [marker, Buffer.alloc(20, 0x41)])
      await expect(check(Buffer.concat([picture, marker, more, end]))).rejects.toMatchObject(UNSUPPORTED);
  });

  it('lets other requests through during a large picture', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await check(aNewPng({ width: 1_500, height: 1_000, noise: true }));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });
});
