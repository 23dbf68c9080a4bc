import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HarnessPage, openHarnessPage } from './harness-page';

let harness: HarnessPage;
beforeAll(async () => {
  harness = await openHarnessPage();
});
afterAll(() => harness?.close());
beforeEach(() => harness.page.evaluate(() => window.harness.clear()));

/** Shows a reply; `formulas`: how many of its formulas to wait for. */
async function show(text: string, formulas = 0): Promise<void> {
  await harness.page.evaluate((one) => window.harness.show({ one }, false), text);
  await harness.page.waitForFunction((count) => window.harness.areFormulasSet(count), formulas);
}

const copyOf = (from?: string, to?: string) =>
  harness.page.evaluate(([from, to]) => window.harness.copy(from, to), [from, to] as const);

const formulasIn = (text: string) => (text.match(/(\$\$?)(?! )[^$]+(?<! )\1/g) ?? []).length;

describe('a reply that is copied as a whole', () => {
  it.each<[string, string, string, string]>([
    ['a formula in a sentence', 'So $E = mc^2$ it is.', 'So $E = mc^2$ it is.', 'So $E = mc^2$ it is.'],
    [
      'a formula on lines of its own',
      'So\n\n$$\n\\frac{a}{b}\n$$\n\nis it.',
      'So\n\n$$\n\\frac{a}{b}\n$$\n\nis it.',
      'So\n\n$$\n\\frac{a}{b}\n$$\n\nis it.',
    ],
    [
      'emphasis, code and a link',
      'Some **bold**, *it*, ***both***, ~~no~~, `a*b` and [a *page*](https://example.org/a_b "t").',
      'Some bold, it, both, no, a*b and a page (https://example.org/a_b).',
      'Some **bold**, *it*, _**both**_, ~~no~~, `a*b` and [a *page*](https://example.org/a_b).',
    ],
    [
      'a bare address',
      'See https://example.org now',
      'See https://example.org now',
      'See https://example.org now',
    ],
    ['headings', '## One\n\ntext\n\n### Two', 'One\n\ntext\n\nTwo', '## One\n\ntext\n\n### Two'],
    [
      'nested lists',
      '- one\n- two\n  1. three\n  2. four\n     - five\n\n8. eight\n9. nine',
      '- one\n- two\n  1. three\n  2. four\n     - five\n\n8. eight\n9. nine',
      '- one\n- two\n  1. three\n  2. four\n     - five\n\n8. eight\n9. nine',
    ],
    ['tasks', '- [x] done\n- [ ] to do', '- ☑ done\n- ☐ to do', '- [x] done\n- [ ] to do'],
    [
      'nested quotes',
      '> one\n>\n> > two\n> > lines\n>\n> - three',
      '> one\n>\n> > two\n> > lines\n>\n> - three',
      '> one\n>\n> > two  \n> > lines\n>\n> - three',
    ],
    [
      'code with a fence in it, in a list',
      '1. so:\n\n   ````markdown\n   ```js\n   a  = 1\n   ```\n   ````',
      '1. so:\n\n   ````markdown\n   ```js\n   a  = 1\n   ```\n   ````',
      '1. so:\n\n   ````markdown\n   ```js\n   a  = 1\n   ```\n   ````',
    ],
    [
      'a table',
      '| **a** | `b\\|c` |\n| :-- | --: |\n| $x^2$ | [d](https://example.org/) |',
      '| a | b\\|c |\n| :--- | ---: |\n| $x^2$ | d (https://example.org/) |',
      '| **a** | `b\\|c` |\n| :--- | ---: |\n| $x^2$ | [d](https://example.org/) |',
    ],
    [
      'footnotes',
      'Said[^n].\n\n[^n]: With *weight*.',
      'Said[1].\n\n[1] With weight.',
      'Said[^1].\n\n[^1]: With *weight*.',
    ],
    [
      'Chinese',
      '这是**重点**和`代码`，公式$x$。',
      '这是重点和代码，公式$x$。',
      '这是**重点**和`代码`，公式$x$。',
    ],
    [
      'what only looks like markup',
      '2 \\* 3 \\*4\\* \\# snake_case [a\\](b) &lt;b> costs $5 and $6',
      '2 * 3 *4* # snake_case [a](b) <b> costs $5 and $6',
      '2 * 3 \\*4\\* # snake_case [a\\](b) \\<b> costs $5 and $6',
    ],
    [
      'what Markdown has no marks for',
      'H<sub>2</sub>O and <kbd>Ctrl</kbd>\n\n<details><summary>More **of** it</summary>\n\nwithin\n\n</details>',
      'H2O and Ctrl\n\nMore of it',
      'H<sub>2</sub>O and <kbd>Ctrl</kbd>\n\nMore **of** it',
    ],
    ['a rule', 'a\n\n---\n\nb', 'a\n\n---\n\nb', 'a\n\n---\n\nb'],
    ['a line break', 'a  \nb', 'a\nb', 'a  \nb'],
  ])('has %s', async (_, source, text, markdown) => {
    await show(source, formulasIn(source));
    expect(await copyOf()).toMatchObject({ text, markdown });
  });
});

describe('a selection', () => {
  const REPLY = [
    '## Title',
    'First **bold words** with $E = mc^2$ and `code here` and [a link](https://example.org/).',
    '- one\n- two **strong**\n  - three',
    '```js\nconst a = 1;\n  const b = 2;\nconst c = 3;\n```',
    '| Name | Value |\n| --- | --- |\n| pi | 3.14 |\n| e | 2.71 |',
    '他说：这是**重点内容**，不是别的。',
  ].join('\n\n');

  it.each<[string, string, string, string, string]>([
    ['of a few words', 'First', 'First', 'First', 'First'],
    ['within bold has no marks', 'bold', 'words', 'bold words', 'bold words'],
    ['within code has no marks', 'code here', 'code here', 'code here', 'code here'],
    ['within a link has no address', 'a link', 'a link', 'a link', 'a link'],
    ['over a formula', 'with', ' and ', 'with $E = mc^2$ and', 'with $E = mc^2$ and'],
    ['within a formula is the formula', 'mc', 'mc', '$E = mc^2$', '$E = mc^2$'],
    ['that ends in bold', 'First', 'bold', 'First bold', 'First **bold**'],
    ['of some items', 'one', 'three', '- one\n- two strong\n  - three', '- one\n- two **strong**\n  - three'],
    ['from a heading into a paragraph', 'Title', 'First', 'Title\n\nFirst', '## Title\n\nFirst'],
    ['of a line of code', 'const b', ' = 2;', 'const b = 2;', 'const b = 2;'],
    [
      'of lines of code',
      '  const b',
      'const c',
      '  const b = 2;\nconst c',
      '```js\n  const b = 2;\nconst c\n```',
    ],
    ['of a cell', '3.14', '3.14', '3.14', '3.14'],
    [
      'of rows',
      'pi',
      '2.71',
      '| pi | 3.14 |\n| e | 2.71 |',
      '| Name | Value |\n| --- | --- |\n| pi | 3.14 |\n| e | 2.71 |',
    ],
    ['of Chinese', '说：这', '，不是', '说：这是重点内容，不是', '说：这是**重点内容**，不是'],
  ])('%s', async (_, from, to, text, markdown) => {
    await show(REPLY, 1);
    expect(await copyOf(from, to)).toMatchObject({ text, markdown });
  });

  it('has its formatting for a document, without what is not text', async () => {
    await show(REPLY, 1);
    const { html = '' } = (await copyOf()) ?? {};
    expect(html).toContain(
      '<p>First <strong>bold words</strong> with $E = mc^2$ and <code>code here</code> and <a href="https://example.org/">a link</a>.</p>',
    );
    expect(html).toContain('<pre><code>const a = 1;\n  const b = 2;');
    expect(html).toContain('<tr><td>pi</td><td>3.14</td></tr>');
    expect(html).not.toMatch(/class=|style=|<button|<svg|katex|CSV|Copy/);
  });

  it('of some items is a list in a document, too', async () => {
    await show(REPLY, 1);
    expect((await copyOf('one', 'three'))?.html).toMatch(
      /^<ul>\s*<li>one<\/li>\s*<li>two <strong>strong<\/strong>/,
    );
  });
});

describe('what is dragged', () => {
  it('is the selected text as it is copied, but a link is dragged by itself', async () => {
    await show('With $x^2$ and [a link](https://example.org/).', 1);
    const drag = (selector: string) => harness.page.evaluate((one) => window.harness.drag(one), selector);
    expect(await drag('p')).toBe('With $x^2$ and a link (https://example.org/).');
    expect(await drag('a')).toBe('');
  });
});

describe('a table', () => {
  it('is copied with its formulas once, its bold, its code and its addresses', async () => {
    await show('| **a** | $\\pi r^2$ |\n| --- | :-: |\n| `x\\|y` | see [d, e](https://example.org/) |', 1);
    expect(await harness.page.evaluate(() => window.harness.copyTable())).toEqual([
      'a,$\\pi r^2$\r\nx|y,"see d, e (https://example.org/)"\r\n',
      '| **a** | $\\pi r^2$ |\n| --- | :---: |\n| `x\\|y` | see [d, e](https://example.org/) |\n',
    ]);
  });
});

describe('a search', () => {
  const TEXT = [
    'The area $\\pi r^2$ of pi: $E = mc^2$ and $\\frac{pi}{2}$.',
    '$$\n\\sum_{i=1}^n \\sin(\\theta_i) - \\alpha\n$$',
    '| x | $\\sqrt{n}$ |\n| --- | --- |\n| `alpha` | $\\left(a + b\\right)$ |',
    '```python\npi = 3.14\n```',
    'In two\nlines.',
  ].join('\n\n');

  it.each<[string, number]>([
    ['pi', 3],
    ['π', 1],
    ['πr2', 1],
    ['alpha', 1],
    ['α', 1],
    ['E = mc2', 1],
    ['frac', 0],
    ['sin(θi)-α', 1],
    ['sum', 0],
    ['a + b', 1],
    ['sqrt', 0],
    ['n', 6],
    ['python', 0],
    ['Copy', 0],
    ['mathrm', 0],
    ['two lines', 1],
  ])('for %j finds what a reader sees of it, %i times', async (query, times) => {
    await show(TEXT, 6);
    const { counted, found } = await harness.page.evaluate(
      ([text, query]) => window.harness.find(text, query),
      [TEXT, query] as const,
    );
    expect(found.length).toBe(times);
    expect(counted).toBe(times);
    expect(found.every(({ isSeen }) => isSeen)).toBe(true);
  });
});

describe('on the page', () => {
  /** Where the first and the last line of the texts with these words begin and end. */
  const sidesOf = (words: string[]) =>
    harness.page.evaluate((words) => words.map((text) => window.harness.sides(text)), words);

  it('a number in a table of Arabic stands on the side of its column, its sign in front', async () => {
    await show('الجدول:\n\n| الاسم الكامل | الرصيد الحالي |\n| --- | --- |\n| سارة | -5 |\n| 12 | API |');
    const [name, sara, twelve, balance, five, api] = await sidesOf([
      'الاسم',
      'سارة',
      '12',
      'الرصيد',
      '-5',
      'API',
    ]);
    expect([sara?.right, twelve?.right]).toEqual([name?.right, name?.right]);
    expect([five?.right, api?.right]).toEqual([balance?.right, balance?.right]);
    expect(balance?.right).toBeLessThan(name?.left ?? 0);
  });

  it('a number in a table of English stands on the left, also in an Arabic reply', async () => {
    await show('مرحبا بكم جميعا\n\n| Name of all | Age |\n| --- | --- |\n| Sara | 30 |\n| 12 | 7 |');
    const [name, twelve, age, seven] = await sidesOf(['Name', '12', 'Age', '7']);
    expect(twelve?.left).toBe(name?.left);
    expect(seven?.left).toBe(age?.left);
    expect(age?.left).toBeGreaterThan(name?.right ?? 0);
  });

  it.each([
    ['', '- [ ] ', 'words to fill a line and one more '],
    [', with paragraphs of its own', '- [x] first\n\n- [ ] ', 'words to fill a line and one more '],
    [', in Arabic', '- [ ] ', 'كلمات تملأ السطر وواحدة أخرى '],
  ])('every line of a task begins at the same place%s', async (_, start, words) => {
    await show(`${start}${words.repeat(12)}`);
    const [task] = await sidesOf([words]);
    expect(task?.lines).toBeGreaterThan(1);
    expect(task?.starts).toHaveLength(1);
  });
});

const AWKWARD = [
  'word',
  '中文',
  '，',
  'a_b',
  '2*3',
  '#',
  '- x',
  '1.',
  '<b>',
  '&amp;amp;',
  '[x](y)',
  '[ ]',
  '$5',
  '~',
  '\\\\',
  '\\*',
  '>',
  '!',
  '_',
  '*',
  '**',
  '`',
  '&',
  'x@example.org',
  'https://example.org/a_b?c=(d)',
  '**b c**',
  '*i*',
  '`c`',
  '`` ` ``',
  '~~d~~',
  '[l](https://example.org/x)',
  '**a *b* c**',
  '![alt](https://example.org/i.png)',
];
const inline = fc
  .array(fc.constantFrom(...AWKWARD), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '));
/** Not addresses: what stands beside one is part of it, or of none. */
const glued = fc
  .array(fc.constantFrom(...AWKWARD.filter((text) => !/^\w+[@:]|!/.test(text))), {
    minLength: 1,
    maxLength: 3,
  })
  .map((words) => words.join(''))
  // Nor bold text that touches bold text: one could not tell where each ends.
  .filter((text) => !text.includes('***'));
const line = fc.oneof(inline, glued);
const block = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    line,
    line.map((text) => `## ${text}`),
    fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => `\`\`\`js\n${lines.join('\n')}\n\`\`\``),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map((items) => items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n')),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 2 })
      .map((items) => items.map((item, at) => `${at + 3}. ${item.replaceAll('\n', '\n   ')}`).join('\n\n')),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 2 })
      .map((parts) => parts.join('\n\n').replace(/^/gm, '> ')),
  ),
})).block;

const readTwice = (source: string) => harness.page.evaluate((text) => window.harness.readTwice(text), source);

describe('what is read back as Markdown', () => {
  it('is the same page again', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 4 }), async (blocks) => {
        const { first, second } = await readTwice(blocks.join('\n\n'));
        expect(second.text).toBe(first.text);
        // Where a text is divided into fewer elements, fewer backslashes are needed.
        expect(second.markdown.replaceAll('\\', '')).toBe(first.markdown.replaceAll('\\', ''));
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it('is the same table again', { timeout: 120_000 }, async () => {
    const cell = fc.oneof(fc.constant(''), line).map((text) => text.replaceAll('|', '\\|'));
    const row = fc.array(cell, { minLength: 3, maxLength: 3 }).map((cells) => `| ${cells.join(' | ')} |`);
    await fc.assert(
      fc.asyncProperty(row, fc.array(row, { maxLength: 3 }), async (head, rows) => {
        const { first, second } = await readTwice([head, '| :-- | --- | :-: |', ...rows].join('\n'));
        expect(first.table).not.toBeNull();
        expect(second.table).toBe(first.table);
      }),
      { numRuns: 100, seed: 11 },
    );
  });
});
