import type { Language } from '../language';
import { unstyled as en } from './en/unstyled';
import { unstyled as zh } from './zh/unstyled';

const STRINGS: Record<Language, string> = { en, zh };

/** For a page whose style sheets and scripts were not loaded. Only the server renders it. */
export const unstyledText = (language: Language): string => STRINGS[language];
