import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isId } from '@/lib/chat/ids';
import { parseUpload } from './parse-upload';
import { chunkOf } from './strip-metadata/png';
import { readOrientation } from './strip-metadata/tiff-orientation';
import {
  aGif,
  aJpeg,
  anExtendedWebp,
  aPng,
  aWebp,
  exifOf,
  inserted,
  riff,
  SECRET,
  segment,
} from './testing/sample-images';

const secret = Buffer.from(SECRET);
const refusalOf = (bytes: Buffer): unknown => {
  try {
    parseUpload(bytes);
    return 'accepted';
  } catch (error) {
    return error;
  }
};
const UNSUPPORTED = { code: 'unsupported_image' };
const TOO_MANY_PIXELS = { code: 'too_large', reason: 'image_pixels' };

describe('an upload is recognised by its content', () => {
  it.each([
    ['image/png', aPng(), 4, 3],
    ['image/jpeg', aJpeg(), 6, 4],
    ['image/webp', aWebp(), 6, 4],
    ['image/webp', anExtendedWebp([]), 6, 4],
    ['image/gif', aGif({ width: 20, height: 10 }), 20, 10],
  ])('%s', (type, bytes, width, height) => {
    const image = parseUpload(bytes);
    expect(image).toMatchObject({ type, width, height });
    expect(isId(image.id)).toBe(true);
    expect(parseUpload(bytes).id).toBe(image.id);
  });

  it.each([
    '',
    'hello',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '%PDF-1.7',
    'BM',
    'II*\0',
    'RIFF0000WAVE',
    'GIF88a',
  ])('%j is not an image', (text) =>
    expect(refusalOf(Buffer.from(text, 'latin1'))).toMatchObject(UNSUPPORTED),
  );

  it.each([
    ['a PNG of no width', aPng({ changed: { width: 0 } })],
    ['a PNG with nothing behind its header', aPng().subarray(0, 33)],
    ['a PNG without pixels', Buffer.concat([aPng().subarray(0, 33), chunkOf('IEND', Buffer.of())])],
    ['a PNG of two headers', inserted(aPng(), 33, aPng({ changed: { width: 60_000 } }).subarray(8, 33))],
    ['a PNG whose chunk claims 4 GB', inserted(aPng(), 33, Buffer.from('ffffffff49444154', 'hex'))],
    ['a JPEG of no height', setSize(aJpeg(), 6, 0)],
    [
      'a JPEG of two frames',
      inserted(aJpeg(), 20, segment(0xc0, Buffer.from([8, 255, 255, 255, 255, 1, 1, 17, 0]))),
    ],
    ['a WebP that is larger than its canvas', anExtendedWebp([], { width: 2, height: 2 })],
    [
      'a WebP of sound',
      riff([
        ['JUNK', Buffer.of(1)],
        ['VP8 ', aWebp().subarray(20)],
      ]),
    ],
    ['a GIF without pictures', Buffer.concat([aGif().subarray(0, 19), Buffer.of(0x3b)])],
    ['a GIF that ends early', aGif().subarray(0, -1)],
  ])('%s is refused', (_, bytes) => expect(refusalOf(bytes)).toMatchObject(UNSUPPORTED));
});

describe('a decompression bomb', () => {
  it.each([
    ['a PNG', aPng({ changed: { width: 50_001, height: 1_000 } })],
    ['a PNG of two billion pixels a side', aPng({ changed: { width: 2 ** 31, height: 2 ** 31 } })],
    ['a JPEG', setSize(aJpeg(), 65_000, 65_000)],
    ['a WebP', anExtendedWebp([], { width: 16_000, height: 16_000 })],
    ['a GIF', aGif({ width: 65_000, height: 65_000 })],
    ['a GIF whose picture reaches far beyond its screen', aGif().fill(0xff, 32, 36)],
  ])('is refused before anything is decoded: %s', (_, bytes) =>
    expect(refusalOf(bytes)).toMatchObject(TOO_MANY_PIXELS),
  );

  it('does not include an image of exactly fifty million pixels', () => {
    expect(parseUpload(aPng({ changed: { width: 50_000, height: 1_000 } }))).toMatchObject({ width: 50_000 });
  });
});

describe('the metadata of an image', () => {
  it.each<[string, Buffer, Buffer]>([
    [
      'EXIF in a JPEG',
      aJpeg(),
      inserted(aJpeg(), 2, segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifOf(1, true)]))),
    ],
    ['XMP in a JPEG', aJpeg(), inserted(aJpeg(), 20, segment(0xe1, secret))],
    ['a comment in a JPEG', aJpeg(), inserted(aJpeg(), 20, segment(0xfe, secret))],
    ['what Photoshop adds to a JPEG', aJpeg(), inserted(aJpeg(), 20, segment(0xed, secret))],
    ['a second picture behind a JPEG', aJpeg(), Buffer.concat([aJpeg(), aJpeg(), secret])],
    ['EXIF in a PNG', aPng(), inserted(aPng(), 33, chunkOf('eXIf', exifOf(1, false)))],
    ['text in a PNG', aPng(), inserted(aPng(), 33, chunkOf('iTXt', secret))],
    ['what programs add to a PNG', aPng(), inserted(aPng(), 33, chunkOf('prVt', secret))],
    ['what follows a PNG', aPng(), Buffer.concat([aPng(), secret])],
    [
      'a comment in a GIF',
      aGif(),
      inserted(aGif(), 19, Buffer.concat([Buffer.of(0x21, 0xfe, secret.length), secret, Buffer.of(0)])),
    ],
    [
      'XMP in a GIF',
      aGif(),
      inserted(
        aGif(),
        19,
        Buffer.concat([
          Buffer.from('21ff0b', 'hex'),
          Buffer.from('XMP DataXMP'),
          Buffer.of(secret.length),
          secret,
          Buffer.of(0),
        ]),
      ),
    ],
    ['what follows a GIF', aGif(), Buffer.concat([aGif(), secret])],
    ['what follows a WebP', aWebp(), Buffer.concat([aWebp(), secret])],
  ])('is removed, and the picture is unchanged: %s', (_, without, given) => {
    expect(Buffer.from(parseUpload(given).data).equals(without)).toBe(true);
    expect(parseUpload(given).id).toBe(parseUpload(without).id);
  });

  it('is removed from a WebP, together with its flags in the header', () => {
    const image = parseUpload(
      anExtendedWebp([
        ['EXIF', exifOf(6, true)],
        ['XMP ', secret],
        ['ABCD', secret],
      ]),
    );
    const data = Buffer.from(image.data);
    expect(data.includes(secret)).toBe(false);
    expect(data[20]).toBe(0);
    expect(data.readUInt32LE(4)).toBe(data.length - 8);
    expect(image).toMatchObject({ width: 6, height: 4 });
  });

  it('stays if the picture needs it: colours, and how often an animation repeats', () => {
    const profile = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours'));
    expect(Buffer.from(parseUpload(inserted(aJpeg(), 20, profile)).data).includes(profile)).toBe(true);
    const repeats = Buffer.from('21ff0b4e45545343415045322e300301000000', 'hex');
    expect(Buffer.from(parseUpload(inserted(aGif(), 19, repeats)).data).includes(repeats)).toBe(true);
  });

  it('includes the thumbnail in the header of a JPEG', () => {
    const jfif = Buffer.concat([Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\x08\x01', 'latin1'), secret]);
    const given = Buffer.concat([aJpeg().subarray(0, 2), segment(0xe0, jfif), aJpeg().subarray(20)]);
    expect(Buffer.from(parseUpload(given).data).equals(aJpeg())).toBe(true);
  });
});

describe('a photo taken with a rotated camera', () => {
  const turned = (orientation: number, isLittleEndian: boolean) =>
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifOf(orientation, isLittleEndian)]));

  it.each([
    [1, true, 6, 4],
    [3, true, 6, 4],
    [6, true, 4, 6],
    [8, false, 4, 6],
    [9, false, 6, 4],
  ])('keeps its orientation %i and no other EXIF', (orientation, isLittleEndian, width, height) => {
    const image = parseUpload(inserted(aJpeg(), 2, turned(orientation, isLittleEndian)));
    const data = Buffer.from(image.data);
    expect(image).toMatchObject({ width, height });
    expect(data.includes(secret)).toBe(false);
    const at = data.indexOf('Exif\0\0');
    const kept = at < 0 ? 1 : readOrientation(data.subarray(at + 6));
    expect(kept).toBe(orientation === 9 ? 1 : orientation);
    expect(parseUpload(data).id).toBe(image.id);
  });

  it('keeps its orientation in a PNG, too', () => {
    const image = parseUpload(inserted(aPng(), 33, chunkOf('eXIf', exifOf(6, true))));
    expect(image).toMatchObject({ width: 3, height: 4 });
    expect(Buffer.from(image.data).includes(secret)).toBe(false);
    expect(parseUpload(Buffer.from(image.data))).toMatchObject({ id: image.id, width: 3 });
  });
});

it('a truncated JPEG is closed and can be displayed', () => {
  const cut = aJpeg().subarray(0, -2);
  expect(Buffer.from(parseUpload(cut).data).equals(aJpeg())).toBe(true);
});

it('an image with any bytes changed is accepted or refused: nothing throws anything else or hangs', () => {
  const files = [aPng(), aJpeg(), aWebp(), anExtendedWebp([['EXIF', exifOf(6, true)]]), aGif()];
  const change = fc.record({ at: fc.nat(700), value: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(change, { maxLength: 8 }),
      fc.nat(700),
      (file, changes, cut) => {
        const bytes = Buffer.from(file);
        for (const { at, value } of changes) bytes[at % bytes.length] = value;
        const given = cut % 2 === 0 ? bytes : bytes.subarray(0, cut);
        const refused = refusalOf(given);
        if (refused !== 'accepted')
          expect(['unsupported_image', 'too_large']).toContain((refused as { code: unknown }).code);
      },
    ),
    { numRuns: 3_000 },
  );
});

function setSize(jpeg: Buffer, width: number, height: number): Buffer {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  jpeg.writeUInt16BE(height, at + 5);
  jpeg.writeUInt16BE(width, at + 7);
  return jpeg;
}
