import type { Language } from '../language';
import { admin as en } from './en/admin';
import { admin as zh } from './zh/admin';

/** The strings of the admin page, which is rendered by the server: none of them reaches a browser's script. */
export type AdminStrings = typeof en;

const STRINGS: Record<Language, AdminStrings> = { en, zh };

export const adminStrings = (language: Language): AdminStrings => STRINGS[language];
