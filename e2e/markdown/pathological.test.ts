import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HarnessPage, openHarnessPage } from './harness-page';

/** A reply may block the main thread for at most this long at a time. */
const LONGEST_MS = 200;

const repeat = (text: string, times: number) => text.repeat(times);

/** Replies made to freeze a page. */
const INPUTS: Record<string, string> = {
  '**a** 16,000 times': repeat('**a**', 16_000),
  '**a 16,000 times': repeat('**a ', 16_000),
  '*a_ 10,000 times': repeat('*a_ ', 10_000),
  '10,000 nested quotes': `${repeat('>', 10_000)} a`,
  '10,000 nested quotes with blanks': `${repeat('> ', 10_000)}a`,
  '10,000 opening brackets': `${repeat('[', 10_000)}a`,
  '10,000 nested brackets': repeat('[', 10_000) + repeat(']', 10_000),
  '10,000 opening links': repeat('[a](', 10_000),
  '10,000 half images': repeat('![a](<', 10_000),
  '2,000 nested lists': Array.from({ length: 400 }, (_, n) => `${repeat('  ', n)}- a`).join('\n'),
  '5,000 list markers in a line': `${repeat('- ', 5_000)}a`,
  'a line of 1 MB': repeat('abcdefghi ', 100_000),
  'a word of 1 MB': repeat('a', 1_000_000),
  'a line of 1 MB of sentences': repeat('All is said. ', 77_000),
  'a fence of 1 MB': `\`\`\`js\n${repeat('const a = 1;\n', 77_000)}\`\`\``,
  '20,000 backticks': repeat('`', 20_000),
  'runs of backticks, all different': Array.from({ length: 300 }, (_, n) => repeat('`', n + 1)).join(' '),
  'a table of 2,000 columns': `${repeat('| a ', 2_000)}|\n${repeat('| - ', 2_000)}|\n${repeat('| b ', 2_000)}|`,
  'a table of 3,000 rows': `| a | b |\n| - | - |\n${repeat('| c | d |\n', 3_000)}`,
  'a list of 5,000 items': repeat('- item\n', 5_000),
  '20,000 less-than signs': repeat('<', 20_000),
  '10,000 open tags': repeat('<a ', 10_000),
  '10,000 comments that do not close': repeat('<!-- ', 10_000),
  '10,000 entities': repeat('&amp;', 10_000),
  '10,000 dollars': repeat('$a', 10_000),
  '10,000 half formulas': repeat('\\(', 10_000),
  '20,000 tildes': repeat('~~a', 7_000),
  '5,000 link definitions': Array.from({ length: 5_000 }, (_, n) => `[a${n}]: https://e.org/${n}`).join('\n'),
  '5,000 footnotes': Array.from({ length: 2_000 }, (_, n) => `[^${n}]`).join(' '),
  '10,000 addresses': repeat('https://e.org ', 10_000),
  '20,000 blank lines': repeat('\n', 20_000),
  '5,000 headings': repeat('# a\n', 5_000),
  '100,000 blanks and a word': `${repeat(' ', 100_000)}a`,
  '50,000 backslashes': repeat('\\', 50_000),
};

/** Formulas: KaTeX cannot be interrupted, and one formula may be long. */
const LONGEST_FORMULA_MS = 1_000;
/** With how many of them are waited for: those after them are rendered in the same way. */
const FORMULAS: [string, number, string][] = [
  ['20 long formulas', 3, repeat(`$$\n${repeat('x^2+', 490)}x\n$$\n\n`, 20)],
  ['20 long formulas of fractions', 3, repeat(`$$\n${repeat('\\frac{a}{b}+', 160)}x\n$$\n\n`, 20)],
  ['200 formulas in lines', 15, repeat(`a $${repeat('x_1+', 60)}x$ b\n\n`, 200)],
  ['20 tables of many cells', 3, repeat(`$$\n\\begin{matrix}${repeat('&', 390)}\\end{matrix}\n$$\n\n`, 20)],
  ['20 formulas with macros', 3, repeat(`$$\n\\def\\a{${repeat('x', 200)}}${repeat('\\a', 15)}\n$$\n\n`, 20)],
  ['1,000 short formulas', 100, repeat('a $x^2$ b\n\n', 1_000)],
];

let harness: HarnessPage;
const seen: [string, number, number][] = [];

beforeAll(async () => {
  harness = await openHarnessPage();
});
afterAll(async () => {
  await harness?.close();
  const rows = seen.map(
    ([name, opened, last]) =>
      `${name.padEnd(36)} ${opened.toFixed(0).padStart(5)} ${last.toFixed(0).padStart(5)}`,
  );
  console.info(
    `Longest task in ms: opening the whole reply, and the last word of a stream\n${rows.join('\n')}`,
  );
});

it.each(Object.entries(INPUTS))('%s: never blocks the page for long', async (name, text) => {
  const opened = await harness.page.evaluate((whole) => window.harness.longestTask(whole), text);
  const last = await harness.page.evaluate((whole) => {
    window.harness.show({ one: whole }, true);
    return window.harness.show({ one: `${whole} x` }, true);
  }, text);
  await harness.page.evaluate(() => window.harness.clear());
  seen.push([name, opened, last]);
  expect(opened).toBeLessThanOrEqual(LONGEST_MS);
  expect(last).toBeLessThanOrEqual(LONGEST_MS);
});

it.each(Object.entries(INPUTS).filter(([name]) => name.includes('1 MB')))(
  '%s: never blocks the page for long when it all arrives at once after a few words',
  async (_, text) => {
    await harness.page.evaluate((start) => window.harness.longestTask(start), text.slice(0, 20));
    const caughtUp = await harness.page.evaluate((whole) => window.harness.longestTask(whole), text);
    await harness.page.evaluate(() => window.harness.clear());
    expect(caughtUp).toBeLessThanOrEqual(LONGEST_MS);
  },
);

it.each(FORMULAS)('%s: blocks the page for no longer than one formula', async (name, formulas, text) => {
  const opened = await harness.page.evaluate(
    ([whole, count]) => window.harness.longestTask(whole, '.katex', count),
    [text, formulas] as const,
  );
  const rendered = await harness.page.locator('.katex').count();
  await harness.page.evaluate(() => window.harness.clear());
  seen.push([name, opened, rendered]);
  expect(opened).toBeLessThanOrEqual(LONGEST_FORMULA_MS);
  expect(rendered).toBeGreaterThanOrEqual(formulas);
});
