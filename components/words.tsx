'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Language } from '@/lib/chat/language';
import { type Words, wordsFor } from '@/lib/chat/words';

const LanguageContext = createContext<Language>('en');

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export const useLanguage = (): Language => useContext(LanguageContext);

/** The words of the reader's language. */
export const useWords = (): Words => wordsFor(useLanguage());
