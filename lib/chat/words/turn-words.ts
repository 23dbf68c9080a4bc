import type { Language } from '../language';
import { acting as en } from './en-turn';
import { acting as zh } from './zh-turn';

/** Of the rows under messages. Apart from the other words, which are in every first load. */
export type TurnWords = typeof en;

const WORDS: Record<Language, TurnWords> = { en, zh };

export const turnWords = (language: Language): TurnWords => WORDS[language];
