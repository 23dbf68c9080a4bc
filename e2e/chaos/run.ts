/**
 * `npm run chaos`: everything that proves that nothing is lost, in its long form, against the production build (made
 * first if there is none). Prints a summary, and ends with 1 if any promise was broken.
 *   npm run chaos                       all parts
 *   npm run chaos -- history cuts       these parts
 *   CHAOS_SEED=42 npm run chaos         the same choices again
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runChildPart, runTool } from './child-part';
import { runCutPart } from './cut-part';
import { runHistoryPart } from './history-part';
import { type PartResult, summaryOf } from './part';
import { seedOf } from './random';

/** Whatever hangs: the run ends by itself. */
const ENDS_AFTER_MS = 25 * 60_000;
/** Of the history checker. */
const LONG_MS = 60_000;

/** Violations of a part that are told one by one: a broken promise is mostly broken often. */
const TOLD = 20;

type Part = (seed: number) => Promise<PartResult>;

const PARTS: Record<string, Part> = {
  history: (seed) => runHistoryPart({ seed, durationMs: LONG_MS }),
  cuts: () => runCutPart('at once'),
  'cuts-one-by-one': () => runCutPart('one by one'),
  isolation: (seed) =>
    runChildPart({
      name: 'isolation property',
      of: 'e2e/specs/guarantees/isolation-property.spec.ts',
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
      of: 'e2e/faults',
      command: ['vitest', 'run', '--config', 'vitest.built.config.ts', 'e2e/faults'],
      environment: { CHAOS: 'long' },
    }),
};

/** Ends through `process.exit`, which takes the servers of every part along. */
function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  setTimeout(() => {
    console.error(`chaos: not done within ${ENDS_AFTER_MS / 60_000} minutes`);
    process.exit(1);
  }, ENDS_AFTER_MS).unref();
}

async function runPart(name: string, part: Part, seed: number): Promise<PartResult> {
  console.log(`\n== ${name}`);
  try {
    const result = await part(seed);
    console.log(`  ${summaryOf(result)}`);
    return result;
  } catch (error) {
    // A part that cannot be run to its end has proven nothing.
    console.error(error);
    return { name, counts: {}, violations: [`did not come to its end: ${String(error)}`] };
  }
}

async function run(): Promise<void> {
  endOnSignals();
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
  const seed = seedOf(process.env);
  console.log(`chaos: seed ${seed} (again: CHAOS_SEED=${seed} npm run chaos)`);
  if (!existsSync(join(ROOT, '.next/BUILD_ID')) && (await runTool(['next', 'build'])) !== 0)
    throw new Error('the build failed');

  const results: PartResult[] = [];
  for (const name of names) {
    const part = PARTS[name];
    if (!part) throw new Error(`there is no part ${name}: ${Object.keys(PARTS).join(', ')}`);
    results.push(await runPart(name, part, seed));
  }
  console.log(`\n== summary, seed ${seed}`);
  for (const result of results) {
    console.log(`  ${summaryOf(result)}`);
    for (const violation of result.violations.slice(0, TOLD)) console.log(`    ${violation.slice(0, 500)}`);
  }
  const broken = results.reduce((sum, { violations }) => sum + violations.length, 0);
  console.log(broken === 0 ? 'Every promise was kept.' : `Broken promises: ${broken}`);
  process.exit(broken === 0 ? 0 : 1);
}

await run();
