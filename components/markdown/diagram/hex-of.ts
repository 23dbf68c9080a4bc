/**
 * A colour as `#rrggbb`, which Mermaid can mix and darken; null for a form that is not read here. Browsers return the
 * page's tokens as `oklch(…)`, or as the `lab(…)` into which the build turns them.
 */
export function hexOf(color: string): string | null {
  const [, space, first, percent, second, third] =
    /^(oklch|lab)\(\s*([\d.]+)(%?)\s+([-\d.e]+)\s+([-\d.e]+|none)\s*\)$/.exec(color) ?? [];
  if (space === 'lab') return labToHex(Number(first), Number(second), Number(third) || 0);
  if (space) return oklchToHex(Number(first) / (percent ? 100 : 1), Number(second), Number(third) || 0);
  const bytes = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color)?.slice(1);
  return bytes ? `#${bytes.map((byte) => Number(byte).toString(16).padStart(2, '0')).join('')}` : null;
}

/** `lightness` from 0 to 1, `hue` in degrees. What a screen cannot show is clipped. */
export function oklchToHex(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return hexOfLinear([
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]);
}

/** CIE Lab, whose white is D50, by the matrix of Bruce Lindbloom. `lightness` from 0 to 100. */
function labToHex(lightness: number, a: number, b: number): string {
  const fy = (lightness + 16) / 116;
  const [x = 0, y = 0, z = 0] = [a / 500 + fy, fy, fy - b / 200].map((value) =>
    value ** 3 > 216 / 24389 ? value ** 3 : (116 * value - 16) / (24389 / 27),
  );
  const [X, Z] = [x * 0.96422, z * 0.82521];
  return hexOfLinear([
    3.1338561 * X - 1.6168667 * y - 0.4906146 * Z,
    -0.9787684 * X + 1.9161415 * y + 0.033454 * Z,
    0.0719453 * X - 0.2289914 * y + 1.4052427 * Z,
  ]);
}

const hexOfLinear = (linear: readonly number[]): string =>
  `#${linear.map((value) => byteOf(value).toString(16).padStart(2, '0')).join('')}`;

function byteOf(linear: number): number {
  const clipped = Math.min(1, Math.max(0, linear));
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
