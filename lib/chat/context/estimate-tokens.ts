/** Tokens that a message costs in addition to its text: its role and delimiters. */
export const MESSAGE_TOKENS = 4;

/** Providers charge at least and at most this many tokens for an image: they scale larger ones down. */
const IMAGE_TOKENS = { least: 85, most: 1_600 };
/** Providers charge about one token per patch of 28 by 28 pixels (the rule of Qwen and Anthropic). */
const PIXELS_PER_TOKEN = 784;

/** An estimate of the tokens of an image, rather too high than too low. */
export function estimateImageTokens({ width, height }: { width: number; height: number }): number {
  const tokens = Math.ceil((width * height) / PIXELS_PER_TOKEN);
  return Math.min(Math.max(tokens, IMAGE_TOKENS.least), IMAGE_TOKENS.most);
}

/**
 * An estimate of the tokens of a text, rather too high than too low. ASCII text has about 4 characters per token; Chinese,
 * Japanese and Korean count as one token per character, everything else (Cyrillic, Arabic, accented letters) as half.
 */
export function estimateTokens(text: string): number {
  let quarters = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) quarters += 1;
    else quarters += isCjk(code) ? 4 : 2;
  }
  return Math.ceil(quarters / 4);
}

/** Kana, ideographs, Hangul and full-width forms; also surrogates, which encode emoji and rare ideographs. */
const isCjk = (code: number): boolean =>
  (code >= 0x2e80 && code <= 0x9fff) ||
  (code >= 0xac00 && code <= 0xdfff) ||
  (code >= 0xf900 && code <= 0xffef);
