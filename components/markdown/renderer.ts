import { LazyPart } from '../ui/lazy/lazy-part';

/** The Markdown renderer. Until it has loaded, text is shown as it is written. */
export const RENDERER = new LazyPart(() =>
  import('./markdown-view').then(({ MarkdownView }) => MarkdownView),
);
