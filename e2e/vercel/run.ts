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
import { runChecks } from '../support/run-checks';
import { build } from './checks/build';
import { environments } from './checks/environments';
import { smokeTests } from './checks/smoke';
import { timeLimits } from './checks/time-limits';
import { visits } from './checks/visits';
import { buildForVercel, lastBuild } from './vercel-build';
import type { VercelCheck } from './vercel-check';
import { VercelLab } from './vercel-lab';

const CHECKS: VercelCheck[] = [...build, ...visits, ...timeLimits, ...environments, ...smokeTests];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { built: { type: 'boolean', default: false } },
});
await runChecks({
  command: 'vercel-check',
  checks: CHECKS,
  wanted: positionals,
  async startLab() {
    if (!values.built) console.log('vercel-check: installing the Vercel CLI and building');
    return VercelLab.start(values.built ? lastBuild() : await buildForVercel());
  },
  checkMs: 5 * 60_000,
  runMs: 25 * 60_000,
});
