import type { Language } from '../language';
import { en } from './en';
import type { Strings } from './strings';
import { zh } from './zh';

const STRINGS: Record<Language, Strings> = { en, zh };

/** The strings of the first load. Parts that load later have registries of their own: `turn-footer.ts`, `turn-menu.ts`. */
export const stringsFor = (language: Language): Strings => STRINGS[language];
