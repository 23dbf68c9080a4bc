import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Row } from '../measures/measure';

interface Report {
  /** The document in `docs` that contains the table. */
  document: string;
  /** The line above the table: how it was measured, on which machine. */
  heading: string;
  /** Further tables below it. */
  more?: string;
  /** Whether to write the document, or only print the table. */
  save: boolean;
}

/** Prints the table, and replaces it in its document, whose other text is written by hand. */
export async function writeReport(
  rows: readonly Row[],
  { document, heading, more, save }: Report,
): Promise<void> {
  const table = [
    heading,
    '',
    '| measure | result | goal | met | absolute values of this run |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ measure, result, goal, met, context }) =>
        `| ${measure} | ${result} | ${goal} | ${met ? 'yes' : '**no**'} | ${context} |`,
    ),
    ...(more ? ['', more] : []),
  ].join('\n');
  console.log(`\n${table}\n`);
  if (save) await putInto(document, table);
}

const BEGIN = '<!-- written by npm run bench -->';
const END = '<!-- end -->';

async function putInto(document: string, table: string): Promise<void> {
  const file = fileURLToPath(new URL(`../../docs/${document}`, import.meta.url));
  const text = await readFile(file, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} lacks the markers around the table`);
  await writeFile(file, `${before}${BEGIN}\n${table}\n${END}${after}`);
}
