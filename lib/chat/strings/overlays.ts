import type { Language } from '../language';
import { overlays as en } from './en/overlays';
import { overlays as zh } from './zh/overlays';

/** The strings of the palette, the shortcut list, the search and the image viewer. They load with those. */
export type OverlayStrings = typeof en;

const STRINGS: Record<Language, OverlayStrings> = { en, zh };

export const overlayStrings = (language: Language): OverlayStrings => STRINGS[language];
