import type { Language } from '../language';
import { access as en } from './en/access';
import { access as zh } from './zh/access';

/** The strings of the access page. */
export type AccessStrings = typeof en;

const STRINGS: Record<Language, AccessStrings> = { en, zh };

export const accessStrings = (language: Language): AccessStrings => STRINGS[language];
