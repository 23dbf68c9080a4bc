'use client';

import { MessagePage } from '@/components/message-page';
import { isLanguage } from '@/lib/chat/language';
import { wordsFor } from '@/lib/chat/words';

/** The page itself broke. The language is read from the root element: no provider is above this. */
export default function ErrorPage() {
  const language = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  const { pages } = wordsFor(isLanguage(language) ? language : 'en');
  return (
    <MessagePage title={pages.errorTitle} text={pages.errorText}>
      <button type="button" onClick={() => location.reload()}>
        {pages.reload}
      </button>
    </MessagePage>
  );
}
