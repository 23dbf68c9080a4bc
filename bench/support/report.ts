import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Row } from '../measures/measure';

const DOCUMENT = fileURLToPath(new URL('../../docs/bench.md', import.meta.url));
const BEGIN = '<!-- written by npm run bench -->';
const END = '<!-- end -->';

/** Prints the table, and puts it in its place in `docs/bench.md`, whose words are written by hand. */
export async function writeReport(
  rows: readonly Row[],
  { rounds, keep }: { rounds: number; keep: boolean },
): Promise<void> {
  const table = [
    `Medians of ${rounds} interleaved rounds, Node ${process.versions.node}, ${availableParallelism()} cores for all of it: servers, model, Redis and readers.`,
    '',
    '| measure | figure | goal | reached | this run, for context |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ measure, figure, goal, reached, context }) =>
        `| ${measure} | ${figure} | ${goal} | ${reached ? 'yes' : '**no**'} | ${context} |`,
    ),
  ].join('\n');
  console.log(`\n${table}\n`);
  if (!keep) return;
  const document = await readFile(DOCUMENT, 'utf8');
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${DOCUMENT} has no place for the table`);
  await writeFile(DOCUMENT, `${before}${BEGIN}\n${table}\n${END}${after}`);
}
