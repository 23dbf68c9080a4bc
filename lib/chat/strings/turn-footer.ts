import type { Language } from '../language';
import { turnFooter as en } from './en/turn-footer';
import { turnFooter as zh } from './zh/turn-footer';

/** The strings of the turns and the buttons under them. They load with the turns, not with the page. */
export type TurnFooterStrings = typeof en;

const STRINGS: Record<Language, TurnFooterStrings> = { en, zh };

export const turnFooterStrings = (language: Language): TurnFooterStrings => STRINGS[language];
