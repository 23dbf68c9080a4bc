import type { markdown } from './en/markdown';

/** The shape of every language's strings around the Markdown of a reply. */
export type MarkdownStrings = typeof markdown;
