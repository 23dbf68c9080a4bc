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

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
type Category = (typeof CATEGORIES)[number];

/** The parts of a report that are read. */
interface Report {
  categories: Record<Category, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

interface AuditedPage {
  what: string;
  /** The goal of its performance score. */
  performance: number;
  headers: Record<string, string>;
}

/** Runs Lighthouse with its mobile settings (slow CPU and network) on the welcome page and on a conversation. */
export async function lighthouseRows(bench: UiBench, runs: number): Promise<Row[]> {
  await installSeparately(SOURCE, FOLDER);
  const { name, value } = bench.cookieOf(bench.guests.short);
  const pages: AuditedPage[] = [
    { what: 'the welcome page', performance: 98, headers: {} },
    { what: 'a conversation of 50 turns', performance: 95, headers: { cookie: `${name}=${value}` } },
  ];
  const rows: Row[] = [];
  for (const page of pages) {
    const reports: Report[] = [];
    for (let run = 0; run < runs; run += 1) reports.push(await audit(bench.address.product, page.headers));
    rows.push(rowOf(page, reports));
  }
  return rows;
}

function rowOf({ what, performance }: AuditedPage, reports: Report[]): Row {
  const goals = [performance, 100, 100];
  const scores = CATEGORIES.map((category) => scoreOf(reports, category));
  return {
    measure: `Lighthouse mobile, ${what}: performance, accessibility, best practices`,
    result: scores.join(', '),
    goal: `≥ ${goals.join(', ')}`,
    met: scores.every((score, n) => score >= (goals[n] ?? 100)),
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
