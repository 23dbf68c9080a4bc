'use client';

import { useMemo } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useWords } from '../words';
import { elements } from './elements';
import { markOpenFence } from './mark-open-fence';
import { safeUrl } from './safe-url';

const PLUGINS = [remarkGfm, markOpenFence];

/** Pictures pass as they are: the element for them decides, and loads nothing by itself. */
const transform = (url: string, key: string) => (key === 'href' ? (safeUrl(url) ?? '') : url);

/** The heavy half, loaded after the first paint. Raw HTML is shown as the text it is (no `rehype-raw`, on purpose). */
export default function MarkdownView({ text, turnId }: { text: string; turnId: string }) {
  const { markdown } = useWords();
  const rehype = useMemo(
    () => ({
      clobberPrefix: `${turnId}-`,
      footnoteLabel: markdown.footnotes,
      footnoteBackLabel: markdown.backToText,
    }),
    [turnId, markdown],
  );
  return (
    <ReactMarkdown
      remarkPlugins={PLUGINS}
      remarkRehypeOptions={rehype}
      components={elements}
      urlTransform={transform}
    >
      {text}
    </ReactMarkdown>
  );
}
