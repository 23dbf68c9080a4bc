import { renderToStaticMarkup } from 'react-dom/server';
import ReactMarkdown from 'react-markdown';
import remarkMath from 'remark-math';
import { describe, expect, it } from 'vitest';
import { bracketsToDollars, inlineMath } from './math-syntax';

/** The formulas of a text: `I{…}` inline, `D{…}` displayed. */
const formulas = (text: string) => {
  const html = renderToStaticMarkup(
    <ReactMarkdown
      remarkPlugins={[[remarkMath, { singleDollarTextMath: false }], inlineMath]}
      components={{
        code: ({ className, children }) => `${className?.includes('display') ? 'D' : 'I'}{${children}}`,
      }}
    >
      {bracketsToDollars(text)}
    </ReactMarkdown>,
  );
  return html.match(/[DI]\{[^}]*\}/g) ?? [];
};

describe('the formulas of a reply', () => {
  it.each<[string, string, string[]]>([
    ['a formula in a sentence', 'so $x^2$ is', ['I{x^2}']],
    ['with marks of emphasis', '$a_b * c_d$ and $e*f$', ['I{a_b * c_d}', 'I{e*f}']],
    ['prices', 'from $5 to $6', []],
    ['prices without a blank', 'US$5-$10 or 4 $', []],
    ['a price and a formula', 'costs $5, with $x$', ['I{x}']],
    ['a dollar alone', 'a $ b', []],
    ['escaped dollars', '\\$x\\$', []],
    ['dollars in code', '`$x$`', ['I{$x$}']],
    ['two dollars in a sentence', 'so $$x$$ is', ['D{x}']],
    ['a block of dollars', '$$\nx = 1\n$$', ['D{x = 1}']],
    ['parentheses', 'so \\(x^2\\) is', ['I{x^2}']],
    ['a command in parentheses', '\\(\\alpha + \\beta\\)', ['I{\\alpha + \\beta}']],
    ['brackets in a line', 'so \\[x\\] is', ['D{x}']],
    ['a block of brackets', '\\[\nx\n+ y\n\\]', ['D{x\n+ y}']],
    ['brackets that do not close', 'not \\[x', []],
    ['parentheses that do not close', 'not \\(x', []],
  ])('%s', (_, text, expected) => {
    expect(formulas(text).map((one) => one.trim())).toEqual(expected);
  });
});
