import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ASSISTANTS } from '@/lib/chat/assistants';

/**
 * The contrast of the tokens in `globals.css` by WCAG 2.2 (1.4.3: 4.5 for text, 1.4.11: 3 for controls).
 * OKLCH to linear sRGB by Björn Ottosson's matrices; relative luminance as WCAG defines it.
 */
const CSS = readFileSync(fileURLToPath(new URL('../../app/globals.css', import.meta.url)), 'utf8');
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
type Linear = [red: number, green: number, blue: number];

const TEXT = 4.5;
const CONTROL = 3;
/** The page's own hue, before an assistant is shown. */
const OWN_HUE = 75;
const HUES = [OWN_HUE, ...ASSISTANTS.map(({ hue }) => hue)];

const GROUNDS = ['paper', 'raised', 'sunken'];
const INKS = ['ink', 'ink-2', 'ink-3'];

/** Which tokens are read on which. */
const PAIRS: { front: string[]; ground: string[]; over?: string[]; least: number }[] = [
  { front: INKS, ground: [...GROUNDS, 'code'], least: TEXT },
  { front: INKS, ground: ['wash'], over: GROUNDS, least: TEXT },
  { front: ['ink', 'ink-2'], ground: ['chosen'], least: TEXT },
  { front: ['danger'], ground: [...GROUNDS, 'danger-tint'], least: TEXT },
  { front: ['ink', 'ink-2'], ground: ['danger-tint'], least: TEXT },
  { front: ['code-keyword', 'code-string', 'code-number', 'code-name'], ground: ['code'], least: TEXT },
  { front: ['accent'], ground: [...GROUNDS, 'tint', 'tint-2'], least: TEXT },
  { front: INKS, ground: ['tint'], least: TEXT },
  { front: ['ink', 'ink-2'], ground: ['tint-2'], least: TEXT },
  { front: ['on-accent'], ground: ['accent', 'accent-strong'], least: TEXT },
  { front: ['paper'], ground: ['ink'], least: TEXT },
  // The focus ring, and the marks of the assistant tabs.
  { front: ['accent', 'danger'], ground: [...GROUNDS, 'code'], least: CONTROL },
];

const CASES = PAIRS.flatMap(({ front, ground, over = ['paper'], least }) =>
  front.flatMap((ink) => ground.flatMap((on) => over.map((under) => ({ ink, on, under, least })))),
);

describe.each(THEMES)('in the %s theme', (theme) => {
  it.each(CASES)('--$ink on --$on over --$under has enough contrast', ({ ink, on, under, least }) => {
    for (const hue of HUES) {
      const ground = colour(on, theme, hue, colour(under, theme, hue));
      const ratio = contrast(colour(ink, theme, hue, ground), ground);
      expect(ratio, `hue ${hue}: ${ratio.toFixed(2)}`).toBeGreaterThanOrEqual(least);
    }
  });
});

it('measures black on white as 21, and names a token that is missing', () => {
  expect(contrast(linear('0% 0 0'), linear('100% 0 0'))).toBeCloseTo(21, 1);
  expect(() => colour('nowhere', 'light', OWN_HUE)).toThrow('--nowhere');
});

/** A token's colour in a theme; a translucent one is blended with what is behind it. */
function colour(token: string, theme: Theme, hue: number, behind: Linear = [0, 0, 0]): Linear {
  const found = new RegExp(`--${token}: light-dark\\(oklch\\((.+?)\\), oklch\\((.+?)\\)\\);`).exec(
    CSS.replaceAll('var(--hue)', String(hue)),
  );
  const value = found?.[theme === 'light' ? 1 : 2];
  if (!value) throw new Error(`There is no --${token} of two colours.`);
  const [opaque = '', alpha = '1'] = value.split(' / ');
  // Browsers blend the encoded values, not linear light.
  const [front, back] = [linear(opaque).map(encoded), behind.map(encoded)];
  return front.map((one, n) => decoded(one * Number(alpha) + (back[n] ?? 0) * (1 - Number(alpha)))) as Linear;
}

/** `98.6% 0.005 85` in linear sRGB, clipped to what a screen can show. */
function linear(oklch: string): Linear {
  const [light = 0, chroma = 0, degrees = 0] = oklch.split(' ').map(Number.parseFloat);
  const [L, a, b] = [
    light / 100,
    chroma * Math.cos((degrees * Math.PI) / 180),
    chroma * Math.sin((degrees * Math.PI) / 180),
  ];
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const all = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return all.map((one) => Math.min(1, Math.max(0, one))) as Linear;
}

const encoded = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;

const decoded = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

const luminance = ([red, green, blue]: Linear): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(one: Linear, other: Linear): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
