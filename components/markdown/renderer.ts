import { Later } from '../ui/later';

/** What draws Markdown. Without it texts stand as they are: the words can be read. */
export const RENDERER = new Later(() =>
  import('./markdown-view').then(({ default: MarkdownView }) => MarkdownView),
);
