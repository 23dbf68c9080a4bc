/**
 * `npm run deploy-check`: runs the product as people deploy it (standalone, in a container's surroundings,
 * under systemd, under a path, behind proxies), on loopback only. Prints what each check saw and ends with `N
 * passed, N failed`; exits with 1 if any failed. A check whose program cannot be installed counts as failed
 * and says why.
 *   npm run deploy-check                   all checks
 *   npm run deploy-check -- nginx image    only the checks whose names start with one of these
 *   npm run deploy-check -- --list         their names
 *
 * To add a check: write a `DeployCheck` (`deploy-check.ts`) in a file of `checks`, and add it to `CHECKS`
 * below. It starts processes through the lab (`deploy-lab.ts`) or registers them with `lab.onEnd`, so that
 * they end with the check.
 */
import { parseArgs } from 'node:util';
import { runChecks } from '../support/run-checks';
import { basePath } from './checks/base-path';
import { dockerfile } from './checks/dockerfile';
import { image } from './checks/image';
import { npmStart } from './checks/npm-start';
import { proxies } from './checks/proxies';
import { systemd } from './checks/systemd';
import type { DeployCheck } from './deploy-check';
import { DeployLab } from './deploy-lab';

const CHECKS: DeployCheck[] = [...dockerfile, ...image, ...npmStart, ...systemd, ...basePath, ...proxies];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false } },
});
if (values.list) for (const { name, promise } of CHECKS) console.log(`${name.padEnd(28)} ${promise}`);
else
  await runChecks({
    command: 'deploy-check',
    checks: CHECKS,
    wanted: positionals,
    startLab: async () => new DeployLab(),
    checkMs: 12 * 60_000,
    runMs: 60 * 60_000,
  });
