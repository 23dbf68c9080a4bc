/**
 * `npm run attack`: tries every row of the security review against the production build (which is built first if there
 * is none), on loopback only. Each row has a control that proves the attempt would be seen. Prints a table and ends with
 * `N passed, N failed`; exits with 1 if anything got through or proved nothing.
 *   npm run attack                 all rows
 *   npm run attack -- 8 GUESTS     only the rows whose number or setting starts with one of these
 *   npm run attack -- headers      the headers of every kind of response, and nothing else
 *   npm run attack -- logs FILE    searches the saved output of any run for secrets, and nothing else. With
 *                                  SERVER_LOG=FILE the tests save what all of their servers write, and their keys
 *   ATTACK_ROOT=FOLDER             the production build of another checkout, such as an older release
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from '../chaos/parts/child-part';
import { type Attack, type Finding, finding } from './attack';
import { AttackLab } from './attack-lab';
import { ATTACKS } from './rows/all';
import { probeAll } from './rows/headers';
import { searchFiles } from './search-saved-log';
import { describeTried, held, summaryTable, type Tried } from './table';

/** The limits for one row and for the whole run, in case something hangs. */
const ROW_MS = 120_000;
const RUN_MS = 15 * 60_000;

async function tryOut(lab: AttackLab, attack: Attack): Promise<Tried> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not finished after ${ROW_MS / 1000} s`)), ROW_MS);
  try {
    return { attack, ...(await Promise.race([attack.run(lab), late.promise])) };
  } catch (error) {
    const seen = `did not finish: ${String(error).split('\n')[0]?.slice(0, 300)}`;
    return { attack, attempt: finding(false, seen), control: finding(false, '') };
  } finally {
    clearTimeout(timer);
    await lab.endRow();
  }
}

/** What the servers wrote during all other rows, searched for what they must not write. */
async function searchLogs(lab: AttackLab): Promise<Tried> {
  const logs = await lab.logs();
  const found = logs.flatMap((log) => lab.secrets.in(log));
  const planted = lab.secrets.make('planted');
  const seen = lab.secrets.in(`${logs.join('\n')}\n{"path":"/?q=${encodeURIComponent(planted)}"}`);
  const lines = logs.join('\n').split('\n').length;
  const attempt: Finding = finding(
    found.length === 0 && lines >= logs.length,
    found
      .map(({ kind, line }) => `${kind} in ${line}`)
      .join('; ')
      .slice(0, 400) || `${lab.secrets.size} secrets, ${lines} lines of ${logs.length} servers: none found`,
  );
  return {
    attack: {
      row: 'logs',
      attempt: 'The logs of this run are searched for keys, cookies, codes, tokens, ids and message texts',
      expected: 'none is found, as it is, encoded or in base64',
      control: 'one that is planted is found',
    },
    attempt,
    control: finding(seen.length === found.length + 1, `${seen.length - found.length} found`),
  };
}

async function dumpHeaders(lab: AttackLab): Promise<void> {
  for (const { probe, reply } of await probeAll(lab)) {
    console.log(`\n${probe.method ?? 'GET'} ${probe.path}  (${probe.name}) → ${reply.status}`);
    for (const [name, value] of Object.entries(reply.headers))
      console.log(`  ${name}: ${name === 'set-cookie' ? String(value).replace(/=[^;]*/, '=…') : value}`);
  }
}

const isWanted = (row: string, wanted: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some((each) => row === each || (/^\D/.test(each) && row.startsWith(each)));

async function run(): Promise<void> {
  const wanted = process.argv.slice(2);
  if (wanted[0] === 'logs' && wanted.length > 1) process.exit(searchFiles(wanted.slice(1)) ? 0 : 1);
  if (!existsSync(join(process.env.ATTACK_ROOT ?? ROOT, '.next/BUILD_ID'))) {
    console.log('attack: no build yet, building');
    if ((await runTool(['next', 'build'])) !== 0) process.exit(1);
  }
  setTimeout(() => {
    console.error(`attack: not finished after ${RUN_MS / 60_000} minutes`);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }, RUN_MS).unref();
  const lab = await AttackLab.start();
  let failed = 0;
  try {
    if (wanted.includes('headers') && wanted.length === 1) return await dumpHeaders(lab);
    const tried: Tried[] = [];
    for (const attack of ATTACKS) {
      if (!isWanted(attack.row, wanted)) continue;
      const result = await tryOut(lab, attack);
      tried.push(result);
      console.log(describeTried(result));
    }
    if (isWanted('logs', wanted)) tried.push(await searchLogs(lab));
    failed = tried.filter((each) => !held(each)).length;
    console.log(`\n${summaryTable(tried)}`);
  } finally {
    await lab.dispose();
  }
  process.exit(failed === 0 ? 0 : 1);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await run();
