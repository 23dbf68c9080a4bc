import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text';

describe('plainText', () => {
  it.each<[string, string, string]>([
    ['keeps plain text', 'Just words.\nA second line.', 'Just words.\nA second line.'],
    ['headings', '# One\n\n### Two ##\n\nThree\n=====', 'One\n\nTwo\n\nThree'],
    ['emphasis', '*a* **b** ***c*** _d_ __e__ ~~f~~', 'a b c d e f'],
    ['emphasis within emphasis', '**a *b* c**', 'a b c'],
    ['emphasis beside Chinese', '这是**重点**内容，*也是*', '这是重点内容，也是'],
    [
      'sums, names and stars, which are no markup',
      '2 * 3 * 4, snake_case_name, a*b',
      '2 * 3 * 4, snake_case_name, a*b',
    ],
    ['inline code, unchanged', 'Use `a * b * c` and ``x`` now', 'Use a * b * c and x now'],
    [
      'fenced code, unchanged',
      'So:\n\n```js\nconst a = **b**;\n\n# no heading\n```\n\nDone.',
      'So:\n\nconst a = **b**;\n\n# no heading\n\nDone.',
    ],
    ['an open fence', '~~~\nlet *a*', 'let *a*'],
    [
      'links with their URL',
      'See [the page](https://a.example/b "title").',
      'See the page (https://a.example/b).',
    ],
    [
      'a link whose text is its URL',
      '[https://a.example](https://a.example) <https://b.example>',
      'https://a.example https://b.example',
    ],
    ['references and their definitions', 'See [it][1].\n\n[1]: https://a.example', 'See it.'],
    ['images as their description', '![a tree](https://a.example/t.png)', 'a tree'],
    ['lists', '* one\n  + two\n- three\n1. four', '- one\n  - two\n- three\n1. four'],
    ['tasks', '- [x] done\n- [ ] to do', '☑ done\n☐ to do'],
    ['quotes', '> one\n> > two', 'one\ntwo'],
    ['tables, cell by cell', '| A | *B* |\n| --- | ---: |\n| 1 | 2 \\| 3 |\n\nEnd', 'A\tB\n1\t2 | 3\n\nEnd'],
    ['rules', 'a\n\n---\n\nb', 'a\n\nb'],
    ['footnotes', 'Said[^1].\n\n[^1]: With *words*.', 'Said[1].\n\n[1] With words.'],
    ['formulas', 'Area $A = \\pi r^2$, for $5.\n\n$$\nx^2\n$$', 'Area A = \\pi r^2, for $5.\n\nx^2'],
    ['escapes and entities', '\\*not\\* a &lt; b &amp;&amp; c', '*not* a < b && c'],
    ['formulas in brackets', 'So \\(a_1 + b\\) it is', 'So a_1 + b it is'],
    ['formulas over lines', 'So: $$\na\n+ b\n$$\n\nis', 'So: a\n+ b\n\nis'],
    ['what is no formula', '$$ – moderate, \\[ and $HOME:$PATH', '$$ – moderate, [ and $HOME:$PATH'],
    ['one tilde', '1~2，3~5 and ~~gone~~', '1~2，3~5 and gone'],
    ['harmless HTML', 'H<sub>2</sub>O<br>a <kbd>b</kbd>', 'H2O\na b'],
    ['details', '<details>\n<summary>a</summary>\n\nb\n\n</details>', 'a\n\nb'],
    [
      'a fence of Markdown, with a fence in it',
      '```markdown\n# a\n```js\nx\n```\n```\n**b**',
      '# a\n```js\nx\n```\nb',
    ],
    ['a fence in an item', '- a\n  ```\n  **b**\n  ```\n- *c*', '- a\n  **b**\n- c'],
    ['HTML, which is text', '<b>bold</b>', '<b>bold</b>'],
    ['hard breaks', 'one  \ntwo\\\nthree', 'one\ntwo\nthree'],
    ['Windows line ends', '# a\r\n\r\nb', 'a\n\nb'],
  ])('%s', (_, markdown, plain) => {
    expect(plainText(markdown)).toBe(plain);
  });

  it('for a voice has no URLs, code or tabs', () => {
    const markdown = 'See [this](https://a.example).\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |';
    expect(plainText(markdown, 'voice')).toBe('See this.\n\na, b\n1, 2');
  });

  it.each([
    ['links without their URL', 'see [the page](https://x.example/a_b) now', 'see the page now'],
    ['no images', 'a ![alt](https://x.example/i.png)b', 'a b'],
    ['no list markers', '## Title\n- one\n2. two\n- [x] three\n> four', 'Title\none\ntwo\nthree\nfour'],
    ['code, unchanged', 'a\n```js\nx = `**y**`\n```\n**b**', 'a\nx = `**y**`\nb'],
    ['a line for each cell', '| a | b |\n|---|---|\n| c | d |', 'a\nb\nc\nd'],
    ['formulas as they are seen', 'area $\\pi r^2$, *\\(a_1 * b_2\\)*', 'area \nπr2\n, \na1*b2\n'],
    ['formulas on lines of their own', 'a\n$$\n\\alpha\n+ 1\n$$\nb', 'a\n\nα+1\n\nb'],
    ['prices', 'costs $5 and $6, **not** $7', 'costs $5 and $6, not $7'],
    ['Chinese', '**记忆化**：把结果`缓存`起来', '记忆化：把结果缓存起来'],
  ])('for a search: %s', (_, markdown, seen) => {
    expect(plainText(markdown, 'screen')).toBe(seen);
  });

  it.each(['**a', '*a ', '[a', '_a ', '`a', '$a ', '~~a ', '> ', '![', '| ', '\\('])(
    'reads a long line of %j without a pause',
    (mark) => {
      const before = performance.now();
      plainText(mark.repeat(16_000));
      expect(performance.now() - before).toBeLessThan(1000);
    },
  );
});
