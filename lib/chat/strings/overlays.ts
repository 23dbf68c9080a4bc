import type { Language } from '../language';
import { overlays as en } from './en/overlays';
import type { OverlayStrings } from './overlays-type';
import { overlays as zh } from './zh/overlays';

const STRINGS: Record<Language, OverlayStrings> = { en, zh };

/** The strings of the palette, the shortcut list, the search and the image viewer: they load with those. */
export const overlayStrings = (language: Language): OverlayStrings => STRINGS[language];
