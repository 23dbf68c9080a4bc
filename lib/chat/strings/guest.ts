import type { Language } from '../language';
import { guest as en } from './en/guest';
import { guest as zh } from './zh/guest';

/** The strings of the dialog about devices and data. They load when it is opened. */
export type GuestStrings = typeof en;

const STRINGS: Record<Language, GuestStrings> = { en, zh };

export const guestStrings = (language: Language): GuestStrings => STRINGS[language];
