'use client';

import { MessagePage } from '@/components/notice-page';
import { isLanguage, type Language } from '@/lib/chat/language';
import { pages as en } from '@/lib/chat/strings/en/pages';
import type { Strings } from '@/lib/chat/strings/strings';
import { pages as zh } from '@/lib/chat/strings/zh/pages';

/** Not `stringsFor`: this page is loaded with every other, and would bring all the words a second time. */
const PAGES: Record<Language, Strings['pages']> = { en, zh };

/** The page itself broke. The language is read from the root element: no provider is above this. */
export default function ErrorPage() {
  const language = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  const pages = PAGES[isLanguage(language) ? language : 'en'];
  return (
    <MessagePage title={pages.errorTitle} text={pages.errorText}>
      <button type="button" onClick={() => location.reload()}>
        {pages.reload}
      </button>
    </MessagePage>
  );
}
