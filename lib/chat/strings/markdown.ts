import type { Language } from '../language';
import { markdown as en } from './en/markdown';
import { markdown as zh } from './zh/markdown';

/** The strings around the Markdown of a reply. They load with the renderer. */
export type MarkdownStrings = typeof en;

const STRINGS: Record<Language, MarkdownStrings> = { en, zh };

export const markdownStrings = (language: Language): MarkdownStrings => STRINGS[language];
