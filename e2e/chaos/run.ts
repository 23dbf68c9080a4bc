/**
 * `npm run chaos`: the long form of every test that no message is lost, against the production build (which is built
 * first if there is none). Prints a summary and exits with 1 if any promise was broken.
 *   npm run chaos                       all parts
 *   npm run chaos -- history cuts       only these parts
 *   npm run chaos -- nginx              the history part through nginx, on a Redis Cluster
 *   CHAOS_SEED=42 npm run chaos         repeats the choices of a run
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCommand } from '../../scripts/support/test-tools.mjs';
import { ROOT, runChildPart, runTool } from './parts/child-part';
import { runCutPart } from './parts/cut-part';
import { runHistoryPart } from './parts/history-part';
import { type PartResult, summarize } from './parts/part-result';
import { seedFrom } from './random';

/** The limit for the whole run, in case something hangs. */
const ENDS_AFTER_MS = 25 * 60_000;
/** The duration of the history part. */
const LONG_MS = 60_000;

/** At most this many violations are printed for each part: a broken promise is usually broken many times. */
const MAX_PRINTED = 20;

type Part = (seed: number) => Promise<PartResult>;

const PARTS: Record<string, Part> = {
  history: (seed) => runHistoryPart({ seed, durationMs: LONG_MS }),
  nginx: async (seed) => {
    if (!(await ensureCommand('nginx', 'nginx')) || !(await ensureCommand('openssl', 'openssl')))
      throw new Error('nginx or openssl is not installed, and apt-get could not install it.');
    return runHistoryPart({ seed, durationMs: LONG_MS, form: 'nginx' });
  },
  cuts: () => runCutPart('at once'),
  'cuts-one-by-one': () => runCutPart('one by one'),
  isolation: (seed) =>
    runChildPart({
      name: 'isolation property',
      requires: 'e2e/specs/guarantees/isolation-property.spec.ts',
      command: [
        'playwright',
        'test',
        '--config',
        'e2e/playwright.config.ts',
        'specs/guarantees/isolation-property.spec.ts',
      ],
      environment: { CHAOS: 'long', CHAOS_SEED: String(seed) },
    }),
  faults: () =>
    runChildPart({
      name: 'fault table',
      requires: 'e2e/faults',
      command: ['vitest', 'run', '--config', 'vitest.built.config.ts', 'e2e/faults'],
      environment: { CHAOS: 'long' },
    }),
};

/** Exits through `process.exit`, whose handlers end the servers of every part. */
function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  setTimeout(() => {
    console.error(`chaos: not finished after ${ENDS_AFTER_MS / 60_000} minutes`);
    process.exit(1);
  }, ENDS_AFTER_MS).unref();
}

async function runPart(name: string, part: Part, seed: number): Promise<PartResult> {
  console.log(`\n== ${name}`);
  try {
    const result = await part(seed);
    console.log(`  ${summarize(result)}`);
    return result;
  } catch (error) {
    // A part that does not finish has proven nothing, so it counts as failed.
    console.error(error);
    return { name, counts: {}, violations: [`did not finish: ${String(error)}`] };
  }
}

async function run(): Promise<void> {
  endOnSignals();
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
  const seed = seedFrom(process.env);
  console.log(`chaos: seed ${seed} (to repeat this run: CHAOS_SEED=${seed} npm run chaos)`);
  if (!existsSync(join(ROOT, '.next/BUILD_ID')) && (await runTool(['next', 'build'])) !== 0)
    throw new Error('The build failed.');

  const results: PartResult[] = [];
  for (const name of names) {
    const part = PARTS[name];
    if (!part)
      throw new Error(`There is no part named ${name}. The parts are ${Object.keys(PARTS).join(', ')}.`);
    results.push(await runPart(name, part, seed));
  }
  console.log(`\n== summary, seed ${seed}`);
  for (const result of results) {
    console.log(`  ${summarize(result)}`);
    for (const violation of result.violations.slice(0, MAX_PRINTED))
      console.log(`    ${violation.slice(0, 500)}`);
  }
  const broken = results.reduce((sum, { violations }) => sum + violations.length, 0);
  console.log(broken === 0 ? 'Every promise was kept.' : `Broken promises: ${broken}`);
  process.exit(broken === 0 ? 0 : 1);
}

await run();
