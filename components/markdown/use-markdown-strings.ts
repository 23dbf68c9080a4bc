import { markdownStrings } from '@/lib/chat/strings/markdown';
import type { MarkdownStrings } from '@/lib/chat/strings/markdown-type';
import { useLanguage } from '../use-strings';

/** The strings around the Markdown of a reply, in the reader's language. */
export const useMarkdownStrings = (): MarkdownStrings => markdownStrings(useLanguage());
