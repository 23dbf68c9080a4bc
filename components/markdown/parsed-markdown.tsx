import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import type { BlockReferences } from './cutting/reference-collector';
import { elements } from './elements/elements';
import { safeUrl } from './elements/safe-url';
import { exceedsParseLimits } from './parse-limits';
import { PlainText } from './plain-text';
import { dropDefinitions } from './remark/drop-definitions';
import { footnoteReferences } from './remark/footnote-references';
import { markOpenFence } from './remark/mark-open-fence';
import { bracketsToDollars, inlineMath } from './remark/math-syntax';

interface ParsedMarkdownProps extends BlockReferences {
  text: string;
  turnId: string;
  /** Without a paragraph element around it: the caller renders one. */
  isInline?: boolean;
}

const inlineElements: Components = { ...elements, p: ({ children }) => children };

/** Single dollars are left to `inlineMath`. */
const MATH: [typeof remarkMath, { singleDollarTextMath: boolean }] = [
  remarkMath,
  { singleDollarTextMath: false },
];

const BLANK_LINES = /^(?:[ \t]*\n)+/;

/** Image URLs pass unchanged: `RemoteImage` checks them, and loads nothing on its own. */
const transformUrl = (url: string, key: string) => (key === 'href' ? (safeUrl(url) ?? '') : url);

/** One block or piece of Markdown, parsed by react-markdown only when its text changes. Raw HTML is shown as text. */
export const ParsedMarkdown = memo(function ParsedMarkdown({
  text,
  definitions,
  numbers,
  turnId,
  isInline,
}: ParsedMarkdownProps) {
  if (exceedsParseLimits(text)) return isInline ? text : <PlainText text={text} />;
  return (
    <ReactMarkdown
      remarkPlugins={[
        remarkGfm,
        MATH,
        inlineMath,
        markOpenFence,
        [dropDefinitions, { length: definitions.length }],
        [footnoteReferences, { numbers, prefix: turnId }],
      ]}
      components={isInline ? inlineElements : elements}
      urlTransform={transformUrl}
    >
      {definitions + bracketsToDollars(text.replace(BLANK_LINES, ''))}
    </ReactMarkdown>
  );
});
