import type { Language } from '../language';
import { turnFooter as en } from './en/turn-footer';
import { turnFooter as zh } from './zh/turn-footer';

/** Of the rows under messages. Apart from the other words, which are in every first load. */
export type TurnFooterStrings = typeof en;

const STRINGS: Record<Language, TurnFooterStrings> = { en, zh };

export const turnFooterStrings = (language: Language): TurnFooterStrings => STRINGS[language];
