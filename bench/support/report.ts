import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Row } from '../measures/measure';

interface Report {
  /** The document in `docs` whose table this is. */
  document: string;
  /** What was measured, on what: a line above the table. */
  heading: string;
  /** Further tables, below. */
  more?: string;
  /** Whether it is written down, or only printed. */
  keep: boolean;
}

/** Prints the table, and puts it in its place in its document, whose words are written by hand. */
export async function writeReport(
  rows: readonly Row[],
  { document, heading, more, keep }: Report,
): Promise<void> {
  const table = [
    heading,
    '',
    '| measure | figure | goal | reached | this run, for context |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ measure, figure, goal, reached, context }) =>
        `| ${measure} | ${figure} | ${goal} | ${reached ? 'yes' : '**no**'} | ${context} |`,
    ),
    ...(more ? ['', more] : []),
  ].join('\n');
  console.log(`\n${table}\n`);
  if (keep) await putInto(document, table);
}

const BEGIN = '<!-- written by npm run bench -->';
const END = '<!-- end -->';

async function putInto(document: string, table: string): Promise<void> {
  const file = fileURLToPath(new URL(`../../docs/${document}`, import.meta.url));
  const text = await readFile(file, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no place for the table`);
  await writeFile(file, `${before}${BEGIN}\n${table}\n${END}${after}`);
}
