/**
 * `npm test`: installs what the tests need, runs everything, and ends with the line `N passed, N failed`.
 * A test that was skipped counts as failed and is named; a step that ends without a report counts as one failure.
 * Begins on Node 20 with nothing installed, so it imports only Node's own modules.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countReport } from './support/count-tests.mjs';
import { Problem } from './support/fail.mjs';
import { checkNode, ensurePackages } from './support/packages.mjs';
import { ROOT } from './support/root.mjs';
import { run } from './support/run.mjs';
import { ensureChineseFont, ensureChromium, ensureRedis } from './support/test-needs.mjs';

const REPORTS = join(ROOT, '.cache', 'test-reports');
const vitestReport = join(REPORTS, 'vitest.json');
const builtReport = join(REPORTS, 'built.json');
const playwrightReport = join(REPORTS, 'playwright.json');

/** In order; a step whose `needs` failed cannot say anything and counts as failed. */
const steps = (chromium) => [
  { name: 'lint', commands: [['biome', 'check', '.']] },
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

/** A report alone is not trusted: the command that wrote it must have ended well, or name a failure. */
function resultOf(step, endedWell) {
  const counted = step.report ? countReport(step.report) : null;
  if (!counted)
    return endedWell && !step.report ? { passed: 1, failed: [] } : { passed: 0, failed: [step.name] };
  if (counted.passed + counted.failed.length === 0)
    return { passed: 0, failed: [`${step.name}: no test ran`] };
  if (!endedWell && counted.failed.length === 0)
    return { ...counted, failed: [`${step.name}: ended with an error`] };
  return counted;
}

async function testAll() {
  checkNode();
  heading('preparing');
  if (await ensurePackages()) console.log('  packages installed');
  await ensureRedis();
  const chromium = await ensureChromium();
  await ensureChineseFont();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  const results = new Map();
  for (const step of steps(chromium)) {
    const needed = results.get(step.needs);
    if (needed && needed.failed.length > 0) {
      results.set(step.name, { passed: 0, failed: [`${step.name}: could not run, ${step.needs} failed`] });
      continue;
    }
    heading(step.name);
    results.set(step.name, resultOf(step, await runStep(step)));
  }
  report(results);
}

function report(results) {
  heading('result');
  for (const [name, { passed, failed }] of results)
    console.log(`  ${name}: ${passed} passed, ${failed.length} failed`);
  const all = [...results.values()];
  const failed = all.flatMap((result) => result.failed);
  for (const name of failed) console.log(`  not passed: ${name}`);
  const passed = all.reduce((sum, result) => sum + result.passed, 0);
  process.exitCode = failed.length === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed.length} failed`);
}

const heading = (text) => console.log(`\n== ${text}`);

try {
  await testAll();
} catch (error) {
  // Without what they need the tests cannot run: that is a failure too, told before the last line.
  console.error(`\n${error instanceof Problem ? error.message : error.stack}`);
  process.exitCode = 1;
  console.log('0 passed, 1 failed');
}
