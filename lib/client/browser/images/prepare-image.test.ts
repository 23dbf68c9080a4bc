import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { prepareImage } from './prepare-image';

/** This browser decodes nothing. */
beforeEach(() => vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('cannot be decoded'))));
afterEach(() => vi.unstubAllGlobals());

const HEIC = '\0\0\0\x18ftypheic\0\0\0\0mif1heic';

it.each([
  ['a HEIC photo', 'image/heic', HEIC, 'heic'],
  ['a HEIC photo on a system that does not know the type', '', HEIC, 'heic'],
  ['a HEIC photo that is named .jpg', 'image/jpeg', HEIC, 'heic'],
  ['a HEIC photo that is served as bytes', 'application/octet-stream', HEIC, 'heic'],
  ['a damaged JPEG', 'image/jpeg', '\xff\xd8\xff\xe0', 'unreadable'],
  ['a file that only claims to be a PNG', 'image/png', 'not a picture', 'unreadable'],
  ['a PNG of another type’s name', 'image/x-icon', '\x89PNG', 'unreadable'],
  ['an empty JPEG', 'image/jpeg', '', 'unreadable'],
  ['a TIFF', 'image/tiff', 'II*\0', 'type'],
  ['JPEG XL', 'image/jxl', '\xff\x0a', 'type'],
  ['AVIF in a browser without it', 'image/avif', '\0\0\0\x18ftypavif\0\0\0\0mif1miaf', 'type'],
  ['a raw photo', 'image/x-adobe-dng', 'II*\0', 'type'],
  ['a film', 'video/quicktime', '\0\0\0\x14ftypqt  \0\0\0\0', 'type'],
  ['SVG', 'image/svg+xml', '<svg/>', 'type'],
  ['a text', 'text/plain', 'words', 'type'],
])('refuses %s for what it is', async (_what, type, bytes, reason) => {
  const file = new Blob([Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))], { type });
  await expect(prepareImage(file)).rejects.toMatchObject({ name: 'ImageRefusal', reason });
});

it('tries to decode HEIC, because Safari can', async () => {
  const bitmap = { width: 1, height: 1, close: vi.fn() };
  vi.stubGlobal('createImageBitmap', async () => bitmap);
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ fillRect: vi.fn(), drawImage: vi.fn() });
      convertToBlob = async ({ type }: { type: string }) => new Blob(['encoded'], { type });
    },
  );
  const file = new Blob([HEIC], { type: 'image/heic' });
  expect((await prepareImage(file)).type).toBe('image/png');
  expect(bitmap.close).toHaveBeenCalled();
});
