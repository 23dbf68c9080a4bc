import type { Language } from '../language';
import { en } from './en';
import { zh } from './zh';

/** The shape of every language's words. A key missing in one is a type error there. */
export type Words = typeof en;

const WORDS: Record<Language, Words> = { en, zh };

export const wordsFor = (language: Language): Words => WORDS[language];
