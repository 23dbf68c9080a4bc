/** What an image file really is, whatever its name says; `other`: none of these. */
export type ImageFormat = 'supported' | 'heic' | 'other';

const SUPPORTED = /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP)/s;

/** The brands of HEIC and HEIF. `mif1` and `msf1` are also those of AVIF, which has its own among the compatible ones. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'];
const AVIF_BRANDS = ['avif', 'avis'];

/** Reads the format from the first bytes of a file. */
export async function imageFormat(file: Blob): Promise<ImageFormat> {
  const bytes = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  const start = String.fromCharCode(...bytes);
  if (SUPPORTED.test(start)) return 'supported';
  const brands = brandsOf(start);
  const hasBrand = (wanted: readonly string[]) => brands.some((brand) => wanted.includes(brand));
  return hasBrand(HEIC_BRANDS) && !hasBrand(AVIF_BRANDS) ? 'heic' : 'other';
}

/** The major and the compatible brands of an ISO media file, which are in its first box; none for another file. */
function brandsOf(start: string): string[] {
  const [a, b, high = 0, low = 0] = [...start.slice(0, 4)].map((byte) => byte.charCodeAt(0));
  if (a !== 0 || b !== 0 || start.slice(4, 8) !== 'ftyp') return [];
  return start.slice(8, high * 256 + low).match(/.{4}/gs) ?? [];
}
