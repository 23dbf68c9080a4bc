/**
 * `npm test`: installs what the tests need, runs everything and ends with the line `N passed, N failed`.
 * A skipped test counts as failed and is listed; a step that writes no report counts as one failure.
 * It starts on Node 20 with nothing installed, so it imports only Node's own modules.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countReport } from './support/count-tests.mjs';
import { checkNode, ensurePackages } from './support/packages.mjs';
import { Problem } from './support/problem.mjs';
import { ROOT } from './support/root.mjs';
import { run } from './support/run.mjs';
import { ensureChineseFont, ensureChromium, ensureOpenssl, ensureRedis } from './support/test-tools.mjs';

const REPORTS = join(ROOT, '.cache', 'test-reports');
const vitestReport = join(REPORTS, 'vitest.json');
const builtReport = join(REPORTS, 'built.json');
const playwrightReport = join(REPORTS, 'playwright.json');

/** In order. A step whose `needs` failed is not run and counts as failed. */
const steps = (chromium) => [
  { name: 'lint', commands: [['biome', 'check', '.']] },
  // Files, exports and packages that nothing uses.
  { name: 'knip', commands: [['knip', '--no-progress']] },
  {
    name: 'types',
    commands: [
      ['next', 'typegen'],
      ['tsc', '--noEmit'],
    ],
  },
  {
    name: 'unit',
    commands: [
      ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    ],
    report: vitestReport,
  },
  { name: 'build', commands: [['next', 'build']] },
  {
    name: 'faults',
    needs: 'build',
    commands: [
      [
        ...['vitest', 'run', '--config', 'vitest.built.config.ts'],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${builtReport}`],
      ],
    ],
    report: builtReport,
  },
  {
    name: 'e2e',
    needs: 'build',
    commands: [['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json']],
    env: {
      PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
      ...(chromium ? { PLAYWRIGHT_CHROMIUM_PATH: chromium } : {}),
    },
    report: playwrightReport,
  },
];

async function runStep(step) {
  for (const [command, ...args] of step.commands) {
    const { code } = await run(command, args, {
      env: { CI: '1', NEXT_TELEMETRY_DISABLED: '1', ...step.env },
    });
    if (code !== 0) return false;
  }
  return true;
}

/** A report without failures counts only if the command that wrote it also succeeded. */
function resultOf(step, succeeded) {
  const counted = step.report ? countReport(step.report) : null;
  if (!counted)
    return succeeded && !step.report ? { passed: 1, failed: [] } : { passed: 0, failed: [step.name] };
  if (counted.passed + counted.failed.length === 0)
    return { passed: 0, failed: [`${step.name}: no tests ran`] };
  if (!succeeded && counted.failed.length === 0)
    return { ...counted, failed: [`${step.name}: exited with an error`] };
  return counted;
}

async function testAll() {
  checkNode();
  heading('setup');
  if (await ensurePackages()) console.log('  packages installed');
  await ensureRedis();
  await ensureOpenssl();
  const chromium = await ensureChromium();
  await ensureChineseFont();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  const results = new Map();
  for (const step of steps(chromium)) {
    const needed = results.get(step.needs);
    if (needed && needed.failed.length > 0) {
      results.set(step.name, { passed: 0, failed: [`${step.name}: not run, because ${step.needs} failed`] });
      continue;
    }
    heading(step.name);
    results.set(step.name, resultOf(step, await runStep(step)));
  }
  report(results);
}

function report(results) {
  heading('results');
  for (const [name, { passed, failed }] of results)
    console.log(`  ${name}: ${passed} passed, ${failed.length} failed`);
  const all = [...results.values()];
  const failed = all.flatMap((result) => result.failed);
  for (const name of failed) console.log(`  failed: ${name}`);
  const passed = all.reduce((sum, result) => sum + result.passed, 0);
  process.exitCode = failed.length === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed.length} failed`);
}

const heading = (text) => console.log(`\n== ${text}`);

try {
  await testAll();
} catch (error) {
  // The tests cannot run: report why, and still end with the summary line.
  console.error(`\n${error instanceof Problem ? error.message : error.stack}`);
  process.exitCode = 1;
  console.log('0 passed, 1 failed');
}
