/** Tokens that a message costs in addition to its text: its role and delimiters. */
export const MESSAGE_TOKENS = 4;

/** What providers charge at least and at most for one image: larger ones are scaled down first. */
const IMAGE_TOKENS = { least: 85, most: 1_600 };
/** Pixels for which providers charge about one token: a patch of 28 by 28 (Qwen's and Anthropic's rule). */
const PIXELS_PER_TOKEN = 784;

/** An estimate of the tokens of an image, rather too high than too low. */
export function estimateImageTokens({ width, height }: { width: number; height: number }): number {
  const tokens = Math.ceil((width * height) / PIXELS_PER_TOKEN);
  return Math.min(Math.max(tokens, IMAGE_TOKENS.least), IMAGE_TOKENS.most);
}

/**
 * About how many tokens a text is, for budgets; a provider's own count comes with its reply. Leans to too many: Latin
 * text runs at about 4 letters a token, Chinese, Japanese and Korean at up to one token a character, everything else
 * (Cyrillic, Arabic, accented letters) in between.
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
