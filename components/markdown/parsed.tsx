import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { isTooHard } from './cutting/parse-limits';
import type { BlockReferences } from './cutting/references';
import { dropPrefix } from './drop-prefix';
import { elements } from './elements';
import { safeUrl } from './elements/safe-url';
import { footnoteMarks } from './footnote-marks';
import { markOpenFence } from './mark-open-fence';
import { mathBlocks } from './math/math-blocks';
import { inlineMath } from './math/math-syntax';
import { PlainText } from './plain-text';

interface ParsedProps extends BlockReferences {
  text: string;
  turnId: string;
  /** Its words only: the paragraph around them is there. */
  inline?: boolean;
}

const inlineElements: Components = { ...elements, p: ({ children }) => children };

/** Single dollars have rules of their own here: `math-syntax.ts`. */
const MATH: [typeof remarkMath, { singleDollarTextMath: boolean }] = [
  remarkMath,
  { singleDollarTextMath: false },
];

/** The blank lines before a block are nothing to parse. */
const BLANK_LINES = /^(?:[ \t]*\n)+/;

/** Pictures pass as they are: the element for them decides, and loads nothing by itself. */
const transform = (url: string, key: string) => (key === 'href' ? (safeUrl(url) ?? '') : url);

/** Markdown that is parsed when its text changes, and at no other time. Raw HTML is shown as the text it is. */
export const Parsed = memo(function Parsed({ text, definitions, numbers, turnId, inline }: ParsedProps) {
  if (isTooHard(text)) return inline ? text : <PlainText text={text} />;
  return (
    <ReactMarkdown
      remarkPlugins={[
        remarkGfm,
        MATH,
        inlineMath,
        markOpenFence,
        [dropPrefix, { length: definitions.length }],
        [footnoteMarks, { numbers, prefix: turnId }],
      ]}
      components={inline ? inlineElements : elements}
      urlTransform={transform}
    >
      {definitions + mathBlocks(text.replace(BLANK_LINES, ''))}
    </ReactMarkdown>
  );
});
