'use client';

import { NoticePage } from '@/components/notice-page';
import { isLanguage, type Language } from '@/lib/chat/language';
import { pages as en } from '@/lib/chat/strings/en/pages';
import type { Strings } from '@/lib/chat/strings/strings';
import { pages as zh } from '@/lib/chat/strings/zh/pages';

/** Not `stringsFor`: this page is in every first load, and would add all the strings a second time. */
const PAGES: Record<Language, Strings['pages']> = { en, zh };

/**
 * Shown when the page itself fails. Takes the language from the root element, because no provider is above
 * it.
 */
export default function ErrorPage() {
  const language = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  const pages = PAGES[isLanguage(language) ? language : 'en'];
  return (
    <NoticePage title={pages.errorTitle} text={pages.errorText}>
      <button type="button" onClick={() => location.reload()}>
        {pages.reload}
      </button>
    </NoticePage>
  );
}
