import { describe, expect, it } from 'vitest';
import { imageFormat } from './image-format';

/** A file of an ISO media format with this major brand and these compatible brands. */
const isoFile = (brands: readonly string[]): Blob => {
  const box = `ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`;
  return blobOf(`\0\0\0${String.fromCharCode(box.length + 4)}${box}\0\0\0\x08free`);
};

const blobOf = (bytes: string): Blob => new Blob([Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))]);

describe('imageFormat', () => {
  it.each<[string, string[]]>([
    ['an iPhone photo', ['heic', 'mif1', 'heic']],
    [
      'a newer iPhone photo',
      ['heic', 'mif1', 'MiHB', 'MiHA', 'heix', 'MiHE', 'MiPr', 'miaf', 'heic', 'tmap'],
    ],
    ['a Samsung photo', ['heic', 'mif1', 'heic']],
    ['one in 10 bit', ['heix', 'mif1']],
    ['one that names only its compatible brand', ['mif1', 'heic']],
    ['a sequence, such as a burst', ['hevc', 'msf1', 'hevc', 'heic']],
    ['HEIF of an unknown encoding', ['mif1']],
  ])('recognises %s', async (_what, brands) => {
    expect(await imageFormat(isoFile(brands))).toBe('heic');
  });

  it.each<[string, Blob]>([
    ['AVIF', isoFile(['avif', 'mif1', 'miaf', 'MA1B'])],
    ['AVIF that begins as HEIF', isoFile(['mif1', 'avif', 'miaf'])],
    ['a film', isoFile(['qt  '])],
    ['another film', isoFile(['isom', 'iso2', 'avc1', 'mp41'])],
    ['TIFF', blobOf('II*\0\x08\0\0\0')],
    ['JPEG XL', blobOf('\xff\x0a\xfa\x7f')],
    ['a sound', blobOf('RIFF\x24\0\0\0WAVEfmt ')],
    ['text', blobOf('not a picture')],
    ['text about heic', blobOf('    ftypheic')],
    ['nothing', blobOf('')],
  ])('does not take %s for one', async (_what, file) => {
    expect(await imageFormat(file)).toBe('other');
  });

  it.each([
    ['PNG', '\x89PNG\r\n\x1a\n'],
    ['JPEG', '\xff\xd8\xff\xe0'],
    ['GIF', 'GIF89a'],
    ['WebP', 'RIFF\x24\0\0\0WEBPVP8 '],
  ])('knows %s by its bytes', async (_what, bytes) => {
    expect(await imageFormat(blobOf(bytes))).toBe('supported');
  });
});
