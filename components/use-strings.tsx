'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Language } from '@/lib/chat/language';
import { stringsFor } from '@/lib/chat/strings';
import type { Strings } from '@/lib/chat/strings/strings';

const LanguageContext = createContext<Language>('en');

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export const useLanguage = (): Language => useContext(LanguageContext);

/** The strings of the page's language. */
export const useStrings = (): Strings => stringsFor(useLanguage());
