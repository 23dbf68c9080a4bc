import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { describe, expect, it } from 'vitest';
import { prepareSource } from '../remark/prepare-source';
import { restoreSource } from '../remark/restore-source';
import { blocksOf, createBlockCutter } from './blocks';

const html = (text: string) => {
  const source = prepareSource(text);
  return (
    renderToStaticMarkup(
      <ReactMarkdown remarkPlugins={[remarkGfm, [restoreSource, source]]}>{source.text}</ReactMarkdown>,
    )
      .replace(/[ \t\r]*\n\s*/g, '\n')
      // How many blank lines belong to an unclosed fence at the end of an item cannot be seen.
      .replace(/\s*<\/code>/g, '</code>')
  );
};

const whole = (text: string) => html(text).trim();
const oneByOne = (text: string) =>
  blocksOf(text)
    .map((block) => html(block).trim())
    .filter((part) => part !== '')
    .join('\n');

/**
 * Where micromark 4 itself is wrong about the whole text: after indented code and a blank line it still thinks that a list
 * would interrupt a paragraph, and does not start one that is empty or counts from 2.
 */
const MICROMARK_IS_WRONG = /(?:^|[\r\n])(?: {4}| {0,3}\t)[^\r\n]*(?:\r\n?|\n)[ \t\r\n>]*(?:[-*]|\d+[.)])/;

describe('the blocks of a text', () => {
  it.each<[string, string, string[]]>([
    ['paragraphs', 'a\n\nb\n\nc', ['a\n\n', 'b\n\n', 'c']],
    ['a heading without blank lines', 'a\n# b\nc', ['a\n', '# b\n', 'c']],
    ['a fence with a blank line', 'a\n```js\nb\n\nc\n```\nd', ['a\n', '```js\nb\n\nc\n```\n', 'd']],
    ['a fence that never closes', '```\na\n\n# b', ['```\na\n\n# b']],
    ['a list with blank lines', '- a\n\n- b\n\n  c\n\nd', ['- a\n\n- b\n\n  c\n\n', 'd']],
    [
      'a fence in a list',
      '1. a\n   ```\n   b\n\n   c\n   ```\n2. d\n\ne',
      ['1. a\n   ```\n   b\n\n   c\n   ```\n2. d\n\n', 'e'],
    ],
    ['a fence at the margin after a list', '- a\n```\nb\n\nc\n```\n', ['- a\n', '```\nb\n\nc\n```\n']],
    ['math with a blank line', '$$\na\n\n+ b\n$$\n\nc', ['$$\na\n\n+ b\n$$\n\n', 'c']],
    [
      'math that does not close',
      '$$\na\n\nThis is no formula.\n\nc',
      ['$$\na\n\n', 'This is no formula.\n\n', 'c'],
    ],
    ['math with a heading in it', '\\[\na\n\n# b\n\\]', ['\\[\na\n\n', '# b\n', '\\]']],
    [
      'details',
      '<details>\n<summary>a</summary>\n\nb\n\n</details>\nc',
      ['<details>\n<summary>a</summary>\n\nb\n\n</details>\n', 'c'],
    ],
    ['details in code', '```\n<details>\n```\na\n\nb', ['```\n<details>\n```\n', 'a\n\n', 'b']],
    ['details that do not close', '<details>\na\n\nb', ['<details>\na\n\nb']],
    [
      'a fence of Markdown',
      '```markdown\n```js\na\n```\n\nb\n```\nc',
      ['```markdown\n```js\na\n```\n\nb\n```\n', 'c'],
    ],
    ['a comment with a blank line', '<!-- a\n\nb -->\nc', ['<!-- a\n\nb -->\n', 'c']],
    ['tags around Markdown', '<div>\n\n# a\n\n</div>', ['<div>\n\n', '# a\n', '\n</div>']],
    ['blank lines before the first word', '\n\na\n\nb', ['\n\na\n\n', 'b']],
    ['a number that may become a list', '- a\n\n1', ['- a\n\n1']],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(blocksOf(text)).toEqual(expected);
  });

  const piece = fc.constantFrom(
    ...['\n', '\n', '\n\n', '\n\n', ' ', '  ', '   ', '    ', '\t', '\r\n', '\r'],
    ...['```', '~~~', '````', '```js', '- ', '* ', '-', '1. ', '2. ', '10) ', '> ', '>', '# ', '## ', '#'],
    ...[
      '===',
      '---',
      '***',
      '$$',
      '| a | b |',
      '| - | - |',
      '<div>',
      '</div>',
      '<a>',
      '<b x="y">',
      '<!--',
      '-->',
    ],
    ...['<script>', '</script>', '<?', '?>', '<!X', '- [x] ', 'word', 'a', '**b**', '`c`', '\\', '|', ':'],
    ...[
      '$$',
      '\\[',
      '\\]',
      'x^2',
      ' + ',
      '$x$',
      '\\begin{align}',
      '\\end{align}',
      '<br>',
      '```md',
      'So it goes on. ',
    ],
  );
  const text = fc.array(piece, { maxLength: 24 }).map((parts) => parts.join(''));

  it('render one by one as they do within the whole text', () => {
    fc.assert(
      fc.property(text, (arrived) => {
        const source = arrived.replace(/\r\n?/g, '\n');
        fc.pre(!MICROMARK_IS_WRONG.test(source));
        expect(oneByOne(source)).toBe(whole(source));
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 3000) },
    );
  });

  it('joined are exactly the text, and do not depend on how it arrives', () => {
    const parts = fc.array(fc.oneof(text, fc.string()), { maxLength: 12 });
    fc.assert(
      fc.property(parts, (arriving) => {
        const cutter = createBlockCutter();
        let sofar = '';
        let settled: string[] = [];
        for (const part of arriving) {
          sofar += part;
          const now = cutter.cut(sofar);
          expect(now.settled.slice(0, settled.length)).toEqual(settled);
          expect(now.settled.join('') + now.open).toBe(sofar);
          settled = [...now.settled];
        }
        expect(cutter.cut(sofar)).toEqual(createBlockCutter().cut(sofar));
      }),
    );
  });

  it('are cut from the beginning for another text', () => {
    const cutter = createBlockCutter();
    cutter.cut('a\n\nb\n\nc');
    expect(cutter.cut('x\n\ny')).toEqual({ settled: ['x\n\n'], open: 'y' });
  });
});
