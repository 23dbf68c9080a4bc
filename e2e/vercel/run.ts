/**
 * `npm run vercel-check`: installs the Vercel CLI, runs `vercel build` on a copy of the project, serves the
 * result as Vercel would (each function in separate processes, frozen when idle, with Upstash's API in front
 * of a real Redis), and tests it. On loopback only, without an account. Prints what each check saw and ends
 * with `N passed, N failed`; exits with 1 if any failed.
 *   npm run vercel-check                    all checks
 *   npm run vercel-check -- smoke previews  only the checks whose names start with one of these
 *   npm run vercel-check -- --built         on the build of an earlier run
 */
import { parseArgs } from 'node:util';
import { build } from './checks/build';
import { environments } from './checks/environments';
import { smokeTests } from './checks/smoke';
import { timeLimits } from './checks/time-limits';
import { visits } from './checks/visits';
import { buildForVercel, lastBuild } from './vercel-build';
import type { VercelCheck } from './vercel-check';
import { VercelLab } from './vercel-lab';

const CHECKS: VercelCheck[] = [...build, ...visits, ...timeLimits, ...environments, ...smokeTests];

/** The limits for one check and for the whole run, in case something hangs. */
const CHECK_MS = 5 * 60_000;
const RUN_MS = 25 * 60_000;

interface Outcome {
  check: VercelCheck;
  ok: boolean;
  seen: string;
}

async function tryOut(lab: VercelLab, check: VercelCheck): Promise<Outcome> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`not finished after ${CHECK_MS / 1_000} s`)),
    CHECK_MS,
  );
  try {
    return { check, ok: true, seen: await Promise.race([check.run(lab), late.promise]) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { check, ok: false, seen: `${text}\n${lab.log}` };
  } finally {
    clearTimeout(timer);
    await lab.endCheck();
  }
}

const describeOutcome = ({ check, ok, seen }: Outcome): string =>
  [
    `[${check.name}] ${ok ? 'passed' : 'FAILED'}`,
    `    promised  ${check.promise}`,
    `    seen      ${seen.trimEnd().replaceAll('\n', '\n              ')}`,
  ].join('\n');

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { built: { type: 'boolean', default: false } },
  });
  const outcomes: Outcome[] = [];
  const finish = (unfinished: string | null): never => {
    if (unfinished !== null) console.error(`vercel-check: ${unfinished}`);
    const failed = outcomes.filter(({ ok }) => !ok).length;
    console.log(`\n${outcomes.length - failed} passed, ${failed + (unfinished === null ? 0 : 1)} failed`);
    process.exit(failed === 0 && unfinished === null ? 0 : 1);
  };
  setTimeout(() => finish(`not finished after ${RUN_MS / 60_000} minutes`), RUN_MS).unref();
  const wanted = CHECKS.filter(
    ({ name }) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
  );
  if (wanted.length === 0) finish(`no check is named ${positionals.join(' or ')}`);
  let unfinished: string | null = null;
  let lab: VercelLab | null = null;
  try {
    if (!values.built) console.log('vercel-check: installing the Vercel CLI and building');
    lab = await VercelLab.start(values.built ? lastBuild() : await buildForVercel());
    for (const check of wanted) {
      const outcome = await tryOut(lab, check);
      outcomes.push(outcome);
      console.log(describeOutcome(outcome));
    }
  } catch (error) {
    unfinished = String(error);
  } finally {
    await lab?.dispose();
  }
  finish(unfinished);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await run();
