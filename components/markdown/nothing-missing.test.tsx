import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { formulaGlyphs } from '@/lib/chat/text/formula-glyphs';
import { plainText } from '@/lib/chat/text/plain-text';
import { MarkdownView } from './markdown-view';

vi.mock('./math/math-text', () => ({ MathText: ({ tex }: { tex: string }) => <var>{tex}</var> }));

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&amp;': '&',
};

const decoded = (html: string) =>
  html.replace(/&(?:lt|gt|quot|amp|#x27);/g, (entity) => ENTITIES[entity] ?? '');

/** What a reader sees of a reply, without blanks. `formula`: what is seen of a formula. */
const seen = (text: string, isStreaming = false, formula = (tex: string) => tex) =>
  renderToStaticMarkup(<MarkdownView text={text} turnId="t" isStreaming={isStreaming} />)
    .replace(/<figcaption[\s\S]*?<\/figcaption>|<button[\s\S]*?<\/button>/g, '')
    .replace(/<var>(.*?)<\/var>/gs, (_, tex: string) =>
      formula(decoded(tex)).replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    )
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp|#x27);/g, decoded)
    .replace(/\s+/g, '');

const runs = (count: number) => ({ numRuns: Number(process.env.FC_RUNS ?? count) });

describe('whatever a reply is made of', () => {
  const mark = fc.constantFrom(
    ...['$', '$$', '$$$', ' $', '$ ', '$$\n', '\n$$\n', '\\(', '\\)', '\\[', '\\]', '\n\\[\n', '\n\\]\n'],
    ...[
      '\\begin{align}',
      '\\end{align}',
      '\n\\begin{cases}\n',
      '\n\\end{cases}\n',
      '\\',
      '\\\\',
      '&',
      '^',
      '_',
      '__',
    ],
    ...[
      '*',
      '**',
      '***',
      '~',
      '~~',
      '`',
      '``',
      '\n```\n',
      '\n~~~\n',
      '\n```markdown\n',
      '\n```js\n',
      '<',
      '>',
      '|',
    ],
    ...[
      '<br>',
      '<sub>',
      '</sub>',
      '<kbd>',
      '</kbd>',
      '<details>',
      '</details>',
      '\n<details>\n',
      '\n</details>\n',
    ],
    ...[
      '<summary>',
      '</summary>',
      '\n- ',
      '\n* ',
      '\n+ ',
      '\n1. ',
      '\n> ',
      '\n# ',
      '\n  ',
      '\n    ',
      '\n\t',
      '\n',
      '\n\n',
    ],
    ...[
      '。',
      '，',
      '「',
      '」',
      '：',
      '“',
      '”',
      '5',
      '/',
      '.',
      ',',
      '!',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ' ',
      ' ',
      ' ',
    ],
    ...['https://e.org/', 'www.e.org', '中文', '\n---\n', '\n===\n', '+', '=', '-'],
  );
  const words = Array.from({ length: 24 }, (_, index) => `w${index}x`);
  const reply = fc
    .array(fc.array(mark, { maxLength: 3 }), { minLength: 1, maxLength: 24 })
    .map((marks) => marks.map((some, index) => some.join('') + words[index]).join(''));

  /** The language of a fence is its caption, and nothing else of that line is shown. */
  const wordsOf = (text: string) => {
    const shown = text.replace(/(?:`{3,}|~{3,})[^\n]*/g, '');
    return words.filter((word) => shown.includes(word));
  };

  it('no word of it is missing from the page', () => {
    fc.assert(
      fc.property(reply, (text) => {
        const page = seen(text);
        expect(wordsOf(text).filter((word) => !page.includes(word))).toEqual([]);
      }),
      runs(200),
    );
  });

  it('no word of it is missing while it streams', () => {
    fc.assert(
      fc.property(reply, fc.nat(), (text, at) => {
        const sofar = text.slice(0, at % (text.length + 1));
        const page = seen(sofar, true);
        const last = sofar.lastIndexOf('w');
        expect(wordsOf(sofar.slice(0, last)).filter((word) => !page.includes(word))).toEqual([]);
      }),
      runs(200),
    );
  });
});

describe('the plain text', () => {
  const inline = fc.constantFrom(
    ...[
      'Words go on.',
      '**strong**',
      '*soft*',
      '~~gone~~',
      '`code * here`',
      '$x^2$',
      '\\(a_1 * b\\)',
      '**注意：**正文',
    ],
    ...[
      '**「A」**和**《B》**',
      '1~2，3~5',
      '5$/10$',
      '$HOME/bin:$PATH',
      'H<sub>2</sub>O',
      '<kbd>Ctrl</kbd>',
      'a<br>b',
    ],
    ...[
      '见 https://e.org/a。',
      '2 * 3 * 4',
      'snake_case_name',
      'a < b',
      '\\*no\\*',
      '&amp;',
      '$$y$$',
      '$$ – moderate',
    ],
    ...['[a link](https://e.org)', '**$x$**是', '<b>raw</b>', '$|x|$ and $P(A|B)$'],
  );
  const line = fc.array(inline, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
  const block = fc.oneof(
    line,
    fc.tuple(line, line).map((lines) => lines.join('\n')),
    line.map((text) => `- ${text}\n- ${text}\n  ${text}`),
    line.map((text) => `> ${text}`),
    line.map((text) => `## ${text}`),
    fc.constantFrom(
      '$$\na\n+ b\n$$',
      'So: $$\nx\n$$\nis',
      '- s:\n  \\[\n  a\n  - b\n  \\]',
      '\\begin{align}\na &= b\n\\end{align}',
      '```js\nconst a = **b**;\n```',
      '```markdown\n# a\n```js\nx\n```\n```',
      '| a | b |\n| - | - |\n| $|x|$ | **c** |',
      '<details>\n<summary>More</summary>\n\nText **b**\n\n</details>',
      '---',
    ),
  );
  const reply = fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => blocks.join('\n\n'));

  it('of a reply is what the page shows', () => {
    fc.assert(
      fc.property(reply, (text) => {
        expect(plainText(text, 'screen').replace(/\s+/g, '')).toBe(seen(text, false, formulaGlyphs));
      }),
      runs(80),
    );
  });
});
