import type { Language } from '../language';
import { turnMenu as en } from './en/turn-menu';
import { turnMenu as zh } from './zh/turn-menu';

/**
 * The strings of the menus under messages (`components/turn/actions/turn-menu.tsx`), by language: `en/turn-menu.ts` and
 * `zh/turn-menu.ts`. They load when a menu is first opened.
 */
export type TurnMenuStrings = typeof en;

const STRINGS: Record<Language, TurnMenuStrings> = { en, zh };

export const turnMenuStrings = (language: Language): TurnMenuStrings => STRINGS[language];
