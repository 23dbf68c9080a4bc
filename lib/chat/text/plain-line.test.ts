import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewOf, shownLine, storedLine, titleOf } from './plain-line';

const title = (markdown: string) => shownLine(titleOf(markdown));

describe('a title or preview', () => {
  it.each<[string, string]>([
    ['Plan a weekend', 'Plan a weekend'],
    ['Here are **five books** you *may* like:\n\n1. **Dune**', 'Here are five books you may like: Dune'],
    ['# A sliding window\n\n## Why\nIt is fast.', 'A sliding window Why It is fast.'],
    ['```\nline 0\nline 1\n```', 'line 0 line 1'],
    ['```ts\nconst a = 1;\n```\nWhat is wrong?', 'const a = 1; What is wrong?'],
    ['Solve $x^2 + \\frac{1}{2} = 0$ for me', 'Solve x² + 1/2 = 0 for me'],
    ['$$\n\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}\n$$', '∑_(k=1)ⁿ k = (n(n+1))/2'],
    ['\\[ E = mc^2 \\] is famous', 'E = mc² is famous'],
    ['Is \\( \\alpha \\le \\sqrt{\\beta} \\)?', 'Is α ≤ √β?'],
    ['$\\ce{H2O}$ and $\\text{speed} \\approx 3 \\times 10^8$', 'H2O and speed ≈ 3 × 10^8'],
    ['| A | B |\n| --- | --- |\n| 1 | 2 |', 'A B 1 2'],
    ['> quoted\n\nand [a link](https://e.com/a_b)', 'quoted and a link'],
    ['- one\n- two\n- [x] three', 'one two three'],
    ['Use `a * b` and ``c``', 'Use a * b and c'],
    ['**注意：**正文 *和* `代码`', '注意：正文 和 代码'],
    ['It costs $5 or $10, see $HOME/bin:$PATH', 'It costs $5 or $10, see $HOME/bin:$PATH'],
    ['5$/10$ · 苹果5$/斤', '5$/10$ · 苹果5$/斤'],
    ['`$HOME` and `$PATH`', '$HOME and $PATH'],
    ['1~2，3~5', '1~2，3~5'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['a<br>b H<sub>2</sub>O', 'a b H2O'],
    ['Said so[^1].\n\n[^1]: Me.', 'Said so. Me.'],
    ['C:\\new\\table', 'C:\\new\\table'],
    ['if (a && b) { c[0] = 1; }', 'if (a && b) { c[0] = 1; }'],
    ['[1] and [2]', '[1] and [2]'],
    ['see [a][b]', 'see a'],
    ['[[hold]] told to two tabs', '[[hold]] told to two tabs'],
    ['C# vs F#, #hashtag, ~/dir, a|b', 'C# vs F#, #hashtag, ~/dir, a|b'],
    ['<div>hi</div>', '<div>hi</div>'],
    ['e^{i\\pi}+1=0', 'e^{i\\pi}+1=0'],
    ['`rm -rf /` 😀 **hi**', 'rm -rf / 😀 hi'],
    ['http://e.com/a_b_c?x=1&y=2', 'http://e.com/a_b_c?x=1&y=2'],
    ['---', '---'],
    ['![a tree](https://e.com/t.png)', '![a tree](https://e.com/t.png)'],
  ])('of %j is %j', (markdown, line) => {
    expect(title(markdown)).toBe(line);
  });

  it.each<[string, string]>([
    ['Here are **five books*…', 'Here are five books…'],
    ['Here are **five books…', 'Here are five books…'],
    ['# A sliding…', 'A sliding…'],
    ['``` line 0 ```', 'line 0'],
    ['```js const a = 1; ```', 'const a = 1;'],
    ['Intro ## Why it works', 'Intro Why it works'],
    ['The area is $\\pi r^2$ when', 'The area is πr² when'],
    ['The area is $\\pi r^…', 'The area is \\pi r^…'],
    ['| A | B | | --- | --- | | 1 | 2 |', 'A B 1 2'],
    ['Call `read()` and `wri…', 'Call read() and wri…'],
    ['这是 **重点内容…', '这是 重点内容…'],
    ['a - b, 2 * 3, f_1', 'a - b, 2 * 3, f_1'],
  ])('that the first release stored as %j is shown as %j', (stored, line) => {
    expect(shownLine(stored)).toBe(line);
  });

  it.each([
    '# of users',
    '**loud**',
    '$a$ and $b$',
    '``` raw',
    '1. first',
    '\u2060hidden',
    '&amp; co',
    '- x',
  ])('that a person wrote as %j stays as it is', (name) => {
    expect(shownLine(storedLine(name))).toBe(name.replace('\u2060', ''));
  });

  it('is shown as it was made, whatever the text contains', () => {
    const marks = fc.constantFrom(
      '**',
      '*',
      '_',
      '`',
      '```',
      '$',
      '$$',
      '\\',
      '#',
      '|',
      '~~',
      '[',
      '](',
      ')',
      '&lt;',
    );
    const piece = fc.oneof(
      marks,
      fc.constantFrom('a', ' ', '\n', '1. ', '- ', '中', '。', 'b c'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const line = pieces.join('').replace(/\s+/g, ' ').trim();
        expect(shownLine(storedLine(line))).toBe(line.replaceAll('\u2060', ''));
        expect(shownLine(previewOf(pieces.join('')))).not.toContain('\n');
      }),
    );
  });

  it('is never empty for a text that is not', () => {
    for (const text of ['```', '***', '# ', '$$', '[x]: http://a', '|'])
      expect(title(text), text).not.toBe('');
  });

  it('is short, and is read off quickly', () => {
    expect([...shownLine(previewOf('**word** '.repeat(100_000)))]).toHaveLength(80);
    for (const mark of ['**a', '`a', '$a', '\\(', '| ', '# ', '[a', '{', '\\frac{']) {
      const before = performance.now();
      shownLine(previewOf(mark.repeat(100_000)));
      shownLine(mark.repeat(500));
      expect(performance.now() - before, mark).toBeLessThan(500);
    }
  });
});
