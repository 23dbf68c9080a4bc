import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import budget from '@/bench/budget.json' with { type: 'json' };
import { expect, test } from '../../support/fixtures';
import { readFirstLoad } from '../../support/page/first-load';

/** By how much the first load may grow before somebody has to say so in the budget. */
const GROWTH = 1.02;

/** What comes only when a reply needs it: a text that no minifier changes, and where the package has it. */
const LATER = [
  {
    what: 'Markdown',
    mark: 'thematicBreakSequence',
    source: 'micromark-core-commonmark/lib/thematic-break.js',
  },
  { what: 'KaTeX', mark: 'katex-mathml', source: 'katex/dist/katex.mjs' },
  { what: 'Mermaid', mark: 'Mermaid failed to initialize', source: 'mermaid/dist/mermaid.core.mjs' },
];

test('the script of the first load keeps to its budget', async ({ page, baseURL }) => {
  const { gzipBytes, scripts } = await readFirstLoad(page, `${baseURL}/`);
  const loaded = scripts.map(({ name, gzipBytes }) => `${gzipBytes} ${name}`).join('\n');
  expect(gzipBytes, loaded).toBeLessThanOrEqual(budget.goalBytes);
  // More than this is a choice, and `npm run bench -- budget` writes it down.
  expect(gzipBytes, loaded).toBeLessThanOrEqual(budget.firstLoadBytes * GROWTH);
});

test('a page and its first reply ask nothing of another origin', async ({ page, baseURL, chat }) => {
  const { foreignRequests } = await readFirstLoad(page, `${baseURL}/`);
  await chat.ask('[[markdown]] Say something with everything in it.');
  expect(foreignRequests).toEqual([]);
});

for (const { what, mark, source } of LATER) {
  test(`${what} is not in the first load`, async ({ page, baseURL }) => {
    const file = fileURLToPath(new URL(`../../../node_modules/${source}`, import.meta.url));
    expect(await readFile(file, 'utf8'), `${what} is still to be known by this`).toContain(mark);
    const { scripts } = await readFirstLoad(page, `${baseURL}/`);
    expect(scripts.filter(({ text }) => text.includes(mark)).map(({ name }) => name)).toEqual([]);
  });
}
