import { LazyPart } from '../ui/lazy/lazy-part';

/** Loads the Markdown renderer, `MarkdownView`. Until then `Markdown` shows the text as it is written. */
export const RENDERER = new LazyPart(() =>
  import('./markdown-view').then(({ MarkdownView }) => MarkdownView),
);
