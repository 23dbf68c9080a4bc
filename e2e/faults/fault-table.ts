import type { Outcome } from './fault';

export interface Chapter {
  title: string;
  about: string;
  rows: { done: string; outcome: Outcome | undefined }[];
}

const HEAD = `# Resilience

Every row was done to the production server, a process of its own, by \`e2e/faults\`: this file is what that run found,
and the tests fail where a run finds something else. What the user sees is quoted from the page's own words.

Write it anew after a change: \`npm run unit -- --config vitest.built.config.ts e2e/faults -u\` (after \`npm run build\`).
`;

/** The text of `docs/resilience.md`. */
export const faultTable = (chapters: Chapter[]): string =>
  `${[HEAD, ...chapters.map(chapterText)].join('\n')}`;

function chapterText({ title, about, rows }: Chapter): string {
  const lines = rows.map(({ done, outcome }) => row(done, outcome?.sees ?? '(failed)', outcome?.kept ?? ''));
  return [
    `## ${title}\n`,
    `${about}\n`,
    row('What was done', 'What the user sees', 'What was kept'),
    row('---', '---', '---'),
    ...lines,
    '',
  ].join('\n');
}

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
