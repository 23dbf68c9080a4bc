import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { chromiumPath } from '@/e2e/support/chromium-path';
import type { Row } from '../measures/measure';
import { median } from '../support/stats';
import type { UiBench } from './ui-bench';

const SOURCE = fileURLToPath(new URL('../lighthouse', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.cache/lighthouse', import.meta.url));

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
  await install();
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

/** Installs Lighthouse, which is a separate package so that only the benchmark needs it. Skipped if it is up to date. */
async function install(): Promise<void> {
  const lock = await readFile(join(SOURCE, 'package-lock.json'), 'utf8');
  const installed = await readFile(join(FOLDER, 'package-lock.json'), 'utf8').catch(() => null);
  if (installed === lock) return;
  await mkdir(FOLDER, { recursive: true });
  await cp(join(SOURCE, 'package.json'), join(FOLDER, 'package.json'));
  await cp(join(SOURCE, 'package-lock.json'), join(FOLDER, 'package-lock.json'));
  await runToEnd('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

async function audit(address: string, headers: Record<string, string>): Promise<Report> {
  const output = join(FOLDER, 'report.json');
  await runToEnd(process.execPath, [
    join(FOLDER, 'node_modules/lighthouse/cli/index.js'),
    address,
    `--only-categories=${CATEGORIES.join(',')}`,
    `--extra-headers=${JSON.stringify(headers)}`,
    '--chrome-flags=--headless=new --no-sandbox',
    '--output=json',
    `--output-path=${output}`,
    '--quiet',
  ]);
  return JSON.parse(await readFile(output, 'utf8'));
}

async function runToEnd(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, {
    cwd: FOLDER,
    env: { ...process.env, CHROME_PATH: chromiumPath() ?? chromium.executablePath() },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${args[0]} exited with code ${code}`);
}
