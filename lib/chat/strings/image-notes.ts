import type { Language } from '../language';
import { imageNotes as en } from './en/image-notes';
import { imageNotes as zh } from './zh/image-notes';

/** The strings about images that cannot be attached or sent. They load with the first image. */
type ImageNoteStrings = typeof en;

const STRINGS: Record<Language, ImageNoteStrings> = { en, zh };

export const imageNoteStrings = (language: Language): ImageNoteStrings => STRINGS[language];
