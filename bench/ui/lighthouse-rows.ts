import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { runCommand } from '@/e2e/deploy/run-command';
import { chromiumPath } from '@/e2e/support/chromium-path';
import { installSeparately } from '@/e2e/support/separate-package';
import type { Row } from '../measures/measure';
import { median } from '../support/stats';
import type { UiBench } from './ui-bench';

const SOURCE = fileURLToPath(new URL('../lighthouse', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.cache/lighthouse', import.meta.url));

const AUDIT_MS = 5 * 60_000;

const GOALS = { performance: 98, accessibility: 100, 'best-practices': 100 };
type Category = keyof typeof GOALS;
const CATEGORIES = Object.keys(GOALS) as Category[];

/** The parts of a report that are read. */
interface Report {
  categories: Record<Category, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

/** Runs Lighthouse with its mobile settings (slow CPU and network) on the welcome page and on a conversation. */
export async function lighthouseRows(bench: UiBench, runs: number): Promise<Row[]> {
  await installSeparately(SOURCE, FOLDER);
  const { name, value } = bench.cookieOf(bench.guests.short);
  const pages: { what: string; headers: Record<string, string> }[] = [
    { what: 'the welcome page', headers: {} },
    { what: 'a conversation of 50 turns', headers: { cookie: `${name}=${value}` } },
  ];
  const rows: Row[] = [];
  for (const { what, headers } of pages) {
    const reports: Report[] = [];
    for (let run = 0; run < runs; run += 1) reports.push(await audit(bench.address.product, headers));
    rows.push(rowOf(what, reports));
  }
  return rows;
}

function rowOf(what: string, reports: Report[]): Row {
  const scores = CATEGORIES.map((category) => scoreOf(reports, category));
  return {
    measure: `Lighthouse mobile, ${what}: performance, accessibility, best practices`,
    result: scores.join(', '),
    goal: `≥ ${Object.values(GOALS).join(', ')}`,
    met: CATEGORIES.every((category, n) => (scores[n] ?? 0) >= GOALS[category]),
    context: [...new Set(reports.flatMap(missed))].join('; '),
  };
}

const scoreOf = (reports: Report[], category: Category): number =>
  Math.round(median(reports.map(({ categories }) => categories[category].score)) * 100);

/** The audits that cost points, most important first. */
function missed({ categories, audits }: Report): string[] {
  return CATEGORIES.flatMap((category) => categories[category].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.98)
    .sort((one, other) => other.weight - one.weight)
    .map(({ id }) => [audits[id]?.title, audits[id]?.displayValue].filter(Boolean).join(' '));
}

async function audit(address: string, headers: Record<string, string>): Promise<Report> {
  const output = join(FOLDER, 'report.json');
  const { code, output: said } = await runCommand(
    [
      process.execPath,
      join(FOLDER, 'node_modules/lighthouse/cli/index.js'),
      address,
      `--only-categories=${CATEGORIES.join(',')}`,
      `--extra-headers=${JSON.stringify(headers)}`,
      '--chrome-flags=--headless=new --no-sandbox',
      '--output=json',
      `--output-path=${output}`,
      '--quiet',
    ],
    {
      cwd: FOLDER,
      environment: { CHROME_PATH: chromiumPath() ?? chromium.executablePath() },
      timeoutMs: AUDIT_MS,
    },
  );
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}:\n${said.slice(-1_000)}`);
  return JSON.parse(await readFile(output, 'utf8'));
}
