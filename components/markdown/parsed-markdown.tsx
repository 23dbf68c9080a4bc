import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import cjkEmphasis from 'remark-cjk-friendly/parseOnly';
import cjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough/parseOnly';
import remarkGfm from 'remark-gfm';
import type { BlockReferences } from './cutting/reference-collector';
import { elements } from './elements/elements';
import { safeUrl } from './elements/safe-url';
import { exceedsParseLimits } from './parse-limits';
import { PlainText } from './plain-text';
import { dropDefinitions } from './remark/drop-definitions';
import { footnoteReferences } from './remark/footnote-references';
import { markOpenFence } from './remark/mark-open-fence';
import { prepareSource } from './remark/prepare-source';
import { restoreSource } from './remark/restore-source';

interface ParsedMarkdownProps extends BlockReferences {
  text: string;
  turnId: string;
  /** Without a paragraph element around it: the caller renders one. */
  isInline?: boolean;
}

const inlineElements: Components = { ...elements, p: ({ children }) => children };

/** One tilde is text, as in 1~2. */
const TILDES = { singleTilde: false };

const BLANK_LINES = /^(?:[ \t]*\n)+/;

/** Image URLs pass unchanged: `RemoteImage` checks them, and loads nothing on its own. */
const transformUrl = (url: string, key: string) => (key === 'href' ? (safeUrl(url) ?? '') : url);

/** One block or piece of Markdown, parsed by react-markdown only when its text changes. Raw HTML is shown as text, except for the few tags that `restoreSource` turns into elements. */
export const ParsedMarkdown = memo(function ParsedMarkdown({
  text,
  definitions,
  numbers,
  turnId,
  isInline,
}: ParsedMarkdownProps) {
  if (exceedsParseLimits(text)) return isInline ? text : <PlainText text={text} />;
  const source = prepareSource(text.replace(BLANK_LINES, ''));
  return (
    <ReactMarkdown
      remarkPlugins={[
        [remarkGfm, TILDES],
        cjkEmphasis,
        [cjkStrikethrough, TILDES],
        markOpenFence,
        [dropDefinitions, { length: definitions.length }],
        [restoreSource, source],
        [footnoteReferences, { numbers, prefix: turnId }],
      ]}
      components={isInline ? inlineElements : elements}
      urlTransform={transformUrl}
    >
      {definitions + source.text}
    </ReactMarkdown>
  );
});
