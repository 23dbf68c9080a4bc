import { cookies, headers } from 'next/headers';
import { isLanguage, type Language, negotiateLanguage } from '@/lib/chat/language';
import { THEMES, type Theme } from '@/lib/client/state/preferences';
import { isFirstVisit } from '@/lib/server/identity/page-cookie';
import { inRequest } from '@/lib/server/request-context';

interface RequestChoices {
  language: Language;
  theme: Theme;
  /** The browser sent no guest cookie of this server. */
  isFirstVisit: boolean;
}

/** The reader's choices, from cookies that the page writes, or else the browser's preferences. */
export async function requestChoices(): Promise<RequestChoices> {
  const [jar, header] = await Promise.all([cookies(), headers()]);
  const language = jar.get('confab_lang')?.value;
  const theme = jar.get('confab_theme')?.value;
  return {
    language: isLanguage(language) ? language : negotiateLanguage(header.get('accept-language')),
    theme: THEMES.find((one) => one === theme) ?? 'system',
    isFirstVisit: await inRequest({ headers: header }, () =>
      isFirstVisit(jar.getAll().map(({ name }) => name)),
    ),
  };
}
