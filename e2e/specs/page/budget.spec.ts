import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import budget from '@/bench/budget.json' with { type: 'json' };
import { expect, test } from '../../support/fixtures';
import { readFirstLoad } from '../../support/page/first-load';

/** How much the first load may grow before the budget has to be changed. */
const GROWTH = 1.02;

/** Packages that load only when a reply needs them, each with a text that minifiers keep and the file it is in. */
const LATER = [
  {
    what: 'Markdown',
    mark: 'thematicBreakSequence',
    source: 'micromark-core-commonmark/lib/thematic-break.js',
  },
  { what: 'KaTeX', mark: 'KaTeX parse error', source: 'katex/dist/katex.mjs' },
  { what: 'Mermaid', mark: 'Mermaid failed to initialize', source: 'mermaid/dist/mermaid.min.js' },
];

test('the scripts of the first load stay within their budget', async ({ page, baseURL }) => {
  const { gzipBytes, scripts } = await readFirstLoad(page, `${baseURL}/`);
  const loaded = scripts.map(({ name, gzipBytes }) => `${gzipBytes} ${name}`).join('\n');
  expect(gzipBytes, loaded).toBeLessThanOrEqual(budget.goalBytes);
  // A larger first load must be a decision: `npm run bench -- budget` records it.
  expect(gzipBytes, loaded).toBeLessThanOrEqual(budget.firstLoadBytes * GROWTH);
});

test('the page and its first reply request nothing from another origin', async ({ page, baseURL, chat }) => {
  const { foreignRequests } = await readFirstLoad(page, `${baseURL}/`);
  await chat.ask('[[markdown]] Say something with everything in it.');
  expect(foreignRequests).toEqual([]);
});

for (const { what, mark, source } of LATER) {
  test(`${what} is not in the first load`, async ({ page, baseURL }) => {
    const file = fileURLToPath(new URL(`../../../node_modules/${source}`, import.meta.url));
    expect(await readFile(file, 'utf8'), `${what} still contains this text`).toContain(mark);
    const { scripts } = await readFirstLoad(page, `${baseURL}/`);
    expect(scripts.filter(({ text }) => text.includes(mark)).map(({ name }) => name)).toEqual([]);
  });
}
