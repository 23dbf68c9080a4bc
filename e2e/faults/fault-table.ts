import type { Lab } from './lab';

/** What a run observed, in the words of `docs/resilience.md`. */
export interface Outcome {
  shown: string;
  saved: string;
}

/** A row of the table: a fault, and a run that injects it into a real server process and checks the outcome. */
export interface Fault {
  title: string;
  run: (lab: Lab) => Promise<Outcome>;
}

export interface Section {
  title: string;
  about: string;
  rows: { title: string; outcome: Outcome | undefined }[];
}

const HEAD = `# Resilience

\`e2e/faults\` injects each of these faults into a production server that runs as its own process, and writes this page
from what it observed. The tests fail when an outcome changes. Text in quotation marks is what the page shows.

To update this page, run \`npm run build\`, then \`npm run unit -- --config vitest.built.config.ts e2e/faults -u\`.
`;

/** The text of `docs/resilience.md`. */
export const faultTable = (sections: Section[]): string =>
  `${[HEAD, ...sections.map(sectionText)].join('\n')}`;

function sectionText({ title, about, rows }: Section): string {
  const lines = rows.map(({ title, outcome }) =>
    row(title, outcome?.shown ?? '(failed)', outcome?.saved ?? ''),
  );
  return [
    `## ${title}\n`,
    `${about}\n`,
    row('Fault', 'What the user sees', 'What is saved'),
    row('---', '---', '---'),
    ...lines,
    '',
  ].join('\n');
}

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
