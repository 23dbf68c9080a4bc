import type { Language } from '../language';
import { turnMenu as en } from './en/turn-menu';
import { turnMenu as zh } from './zh/turn-menu';

/** Apart from the other words, which are in every first load. */
export type TurnMenuStrings = typeof en;

const STRINGS: Record<Language, TurnMenuStrings> = { en, zh };

export const turnMenuStrings = (language: Language): TurnMenuStrings => STRINGS[language];
