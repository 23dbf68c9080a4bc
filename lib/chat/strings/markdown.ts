import type { Language } from '../language';
import { markdown as en } from './en/markdown';
import type { MarkdownStrings } from './markdown-type';
import { markdown as zh } from './zh/markdown';

const STRINGS: Record<Language, MarkdownStrings> = { en, zh };

/** The strings around the Markdown of a reply. They load with the renderer, not with the page. */
export const markdownStrings = (language: Language): MarkdownStrings => STRINGS[language];
