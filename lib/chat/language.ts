/** The languages that the page and the API speak. A new one is a row here and a folder in `strings/`. */
export const LANGUAGES = ['en', 'zh'] as const;

export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((one) => one === value);

/**
 * The language that `Accept-Language` (RFC 9110, section 12.5.4) wants most: the highest `q`, the first of equals,
 * a region (`zh-Hant-TW`) counts as its language. `q=0` refuses. English where nothing fits.
 */
export function negotiateLanguage(acceptLanguage: string | null): Language {
  let best: { language: Language; quality: number } = { language: 'en', quality: 0 };
  const refused = new Set<Language>();
  for (const part of (acceptLanguage ?? '').slice(0, 1000).split(',')) {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = qualityOf(parameters);
    const primary = tag.split('-')[0];
    const language = primary === '*' ? LANGUAGES.find((one) => !refused.has(one)) : primary;
    if (!isLanguage(language)) continue;
    if (quality === 0) refused.add(language);
    else if (quality > best.quality) best = { language, quality };
  }
  return best.language;
}

/** 1 if not given, as the RFC says; 0 (not wanted) if it cannot be read. */
function qualityOf(parameters: string[]): number {
  const written = parameters.find((one) => one.startsWith('q='));
  if (written === undefined) return 1;
  const quality = Number(written.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
}
