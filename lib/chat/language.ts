/** A language of the page and of the API. */
interface LanguageRow {
  /** Its own name, as the language menu shows it. */
  name: string;
  /** The same, for where there is room for two letters. */
  shortName: string;
  /** Other words by which the command palette finds it. */
  keywords: string;
  /** The voice that reads replies aloud (BCP 47). */
  voice: string;
}

/** A new language is a row here and a folder in `strings/`; the compiler then names the rest. */
const ROWS = {
  en: { name: 'English', shortName: 'EN', keywords: 'English', voice: 'en-US' },
  zh: { name: '中文', shortName: '中', keywords: 'Chinese 中文', voice: 'zh-CN' },
} satisfies Record<string, LanguageRow>;

export type Language = keyof typeof ROWS;

export const LANGUAGE_ROWS: Readonly<Record<Language, LanguageRow>> = ROWS;

export const LANGUAGES = Object.keys(ROWS) as Language[]; // the table has no other keys

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(ROWS, value);

/**
 * The preferred language of an `Accept-Language` header (RFC 9110, section 12.5.4): the highest `q`, the first among equals.
 * A regional tag (`zh-Hant-TW`) counts as its language, and `q=0` excludes one. English if none fits.
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

/** 1 if not given, as in the RFC; 0 if it is invalid. */
function qualityOf(parameters: string[]): number {
  const parameter = parameters.find((one) => one.startsWith('q='));
  if (parameter === undefined) return 1;
  const quality = Number(parameter.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
}
