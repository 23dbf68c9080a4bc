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
import { basePath } from './checks/base-path';
import { dockerfile } from './checks/dockerfile';
import { image } from './checks/image';
import { npmStart } from './checks/npm-start';
import { proxies } from './checks/proxies';
import { systemd } from './checks/systemd';
import { type DeployCheck, NotAvailable } from './deploy-check';
import { DeployLab } from './deploy-lab';

const CHECKS: DeployCheck[] = [...dockerfile, ...image, ...npmStart, ...systemd, ...basePath, ...proxies];

/** The limits for one check and for the whole run, in case something hangs. */
const CHECK_MS = 12 * 60_000;
const RUN_MS = 60 * 60_000;

interface Outcome {
  check: DeployCheck;
  ok: boolean;
  seen: string;
}

async function tryOut(lab: DeployLab, check: DeployCheck): Promise<Outcome> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not finished after ${CHECK_MS / 1000} s`)), CHECK_MS);
  try {
    return { check, ok: true, seen: await Promise.race([check.run(lab), late.promise]) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { check, ok: false, seen: error instanceof NotAvailable ? `not available here: ${text}` : text };
  } finally {
    clearTimeout(timer);
    await lab.endCheck();
  }
}

const indented = (text: string): string => text.trimEnd().replaceAll('\n', '\n              ');

const describeOutcome = ({ check, ok, seen }: Outcome): string =>
  [
    `[${check.name}] ${ok ? 'passed' : 'FAILED'}`,
    `    promised  ${check.promise}`,
    `    seen      ${indented(seen)}`,
  ].join('\n');

const isWanted = ({ name }: DeployCheck, wanted: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some((start) => name.startsWith(start));

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'boolean', default: false } },
  });
  if (values.list) {
    for (const { name, promise } of CHECKS) console.log(`${name.padEnd(28)} ${promise}`);
    return;
  }
  const outcomes: Outcome[] = [];
  const failed = () => outcomes.filter(({ ok }) => !ok).length;
  const summary = (hung = 0) => `${outcomes.length - failed()} passed, ${failed() + hung} failed`;
  setTimeout(() => {
    console.error(`deploy-check: not finished after ${RUN_MS / 60_000} minutes`);
    console.log(summary(1));
    process.exit(1);
  }, RUN_MS).unref();
  const lab = new DeployLab();
  try {
    for (const check of CHECKS.filter((each) => isWanted(each, positionals))) {
      const outcome = await tryOut(lab, check);
      outcomes.push(outcome);
      console.log(describeOutcome(outcome));
    }
  } finally {
    await lab.dispose();
  }
  if (outcomes.length === 0) console.error(`deploy-check: no check is named ${positionals.join(' or ')}`);
  console.log(`\n${summary(outcomes.length === 0 ? 1 : 0)}`);
  process.exit(outcomes.length > 0 && failed() === 0 ? 0 : 1);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await run();
