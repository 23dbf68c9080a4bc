import { type MarkdownStrings, markdownStrings } from '@/lib/chat/strings/markdown';
import { useLanguage } from '../use-strings';

/** The strings around the Markdown of a reply, in the reader's language. */
export const useMarkdownStrings = (): MarkdownStrings => markdownStrings(useLanguage());
