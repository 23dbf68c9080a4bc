import type { Language } from '../language';
import { turnMenu as en } from './en-turn-menu';
import { turnMenu as zh } from './zh-turn-menu';

/** Apart from the other words, which are in every first load. */
export type TurnMenuWords = typeof en;

const WORDS: Record<Language, TurnMenuWords> = { en, zh };

export const turnMenuWords = (language: Language): TurnMenuWords => WORDS[language];
