import { cookies, headers } from 'next/headers';
import { isLanguage, type Language, negotiateLanguage } from '@/lib/chat/language';
import { THEMES, type Theme } from '@/lib/client/state/preferences';
import { COOKIE_NAME } from '@/lib/server/identity/guest-cookie';

interface RequestChoices {
  language: Language;
  theme: Theme;
  /** The browser came without a guest's cookie. */
  newcomer: boolean;
}

/** What this reader chose before (cookies that the page writes), or what the browser asks for. */
export async function requestChoices(): Promise<RequestChoices> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const language = jar.get('confab_lang')?.value;
  const theme = jar.get('confab_theme')?.value;
  return {
    language: isLanguage(language) ? language : negotiateLanguage(head.get('accept-language')),
    theme: THEMES.find((one) => one === theme) ?? 'system',
    newcomer: !jar.has(COOKIE_NAME),
  };
}
