import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ApiClient } from '../../faults/api-client';
import { must } from '../../support/run-checks';
import { freePort } from '../../support/servers/free-port';
import type { DeployCheck } from '../deploy-check';
import { runCommand } from '../run-command';

const UNIT = fileURLToPath(new URL('../../../deploy/confab.service', import.meta.url));
/** Of 10: systemd calls less than 2 "OK". */
const MOST_EXPOSURE = 2;

/** `systemd-analyze verify` exits with 0 even for an unknown key, so its output decides. */
async function findings(analyze: string, unit: string): Promise<string> {
  const { code, output } = await runCommand([analyze, 'verify', unit]);
  return code === 0 ? output.trim() : `${output.trim()} (exit code ${code})`;
}

/** The system calls that the unit's filters allow. */
async function allowedCalls(analyze: string, unit: string): Promise<Set<string>> {
  const sets = new Map<string, string[]>();
  const { output } = await runCommand([analyze, 'syscall-filter', '--no-pager']);
  let current: string[] = [];
  for (const line of output.split('\n')) {
    if (line.startsWith('@')) {
      current = [];
      sets.set(line.trim(), current);
    } else if (/^ {4}[@\w-]+$/.test(line)) current.push(line.trim());
  }
  const expand = (name: string): string[] =>
    name.startsWith('@') ? (sets.get(name) ?? []).flatMap(expand) : [name];
  const allowed = new Set(expand('@default'));
  for (const [, denies, names = ''] of unit.matchAll(/^SystemCallFilter=(~?)(.+)$/gm))
    for (const call of names.split(' ').flatMap(expand))
      if (denies) allowed.delete(call);
      else allowed.add(call);
  return allowed;
}

export const systemd: DeployCheck[] = [
  {
    name: 'systemd unit',
    promise: `systemd-analyze finds nothing wrong with deploy/confab.service, and an exposure below ${MOST_EXPOSURE}`,
    async run(lab) {
      const analyze = await lab.command('systemd-analyze', 'systemd');
      const folder = await lab.folder();
      // systemd checks that the program exists, so the path becomes that of this Node.
      const text = (await readFile(UNIT, 'utf8')).replace('/usr/bin/node', process.execPath);
      const unit = join(folder, 'confab.service');
      await writeFile(unit, text);
      const found = await findings(analyze, unit);
      must(found === '', found);
      const planted = join(folder, 'planted.service');
      await writeFile(planted, text.replace('ProtectSystem=', 'ProtectSytem='));
      must((await findings(analyze, planted)) !== '', 'a misspelt key is not found');
      const { output } = await runCommand([analyze, 'security', '--offline=true', '--no-pager', unit]);
      const exposure = Number(/exposure level for .*: ([\d.]+)/.exec(output)?.[1] ?? Number.NaN);
      must(exposure < MOST_EXPOSURE, `the exposure is ${exposure}:\n${output.slice(-2000)}`);
      return `no finding, and a misspelt key is found; exposure ${exposure}`;
    },
  },
  {
    name: 'systemd calls',
    promise: "the server makes no system call that the unit's filter refuses",
    async run(lab) {
      const analyze = await lab.command('systemd-analyze', 'systemd');
      const strace = await lab.command('strace');
      const { root } = await lab.build('standalone');
      const folder = await lab.folder();
      const trace = join(folder, 'trace');
      const port = await freePort();
      const server = spawn(strace, ['-f', '-qq', '-o', trace, process.execPath, 'server.js'], {
        cwd: join(root, '.next/standalone'),
        env: {
          PATH: process.env.PATH,
          NODE_ENV: 'production',
          PORT: String(port),
          HOST: '127.0.0.1',
          DATA_DIR: folder,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      lab.onEnd(() => server.kill('SIGKILL'));
      let output = '';
      for (const stream of [server.stdout, server.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      for (const deadline = Date.now() + 60_000; !/Confab is ready/.test(output); await pause(100))
        must(server.exitCode === null && Date.now() < deadline, `it does not start:\n${output}`);
      const client = new ApiClient(`http://127.0.0.1:${port}`);
      must(await client.page(), 'the page is not served');
      const sent = await client.send(ApiClient.message('hello'));
      must(sent.ok && (await sent.value.ended) === 'end', 'no reply');
      const pid = Number(/^(\d+)/.exec(await readFile(trace, 'utf8'))?.[1]);
      const exited = once(server, 'exit');
      process.kill(pid, 'SIGTERM');
      await exited;
      const lines = (await readFile(trace, 'utf8')).split('\n');
      const called = new Set(lines.flatMap((line) => /^\d+ +(\w+)\(/.exec(line)?.[1] ?? []));
      const allowed = await allowedCalls(analyze, await readFile(UNIT, 'utf8'));
      must(called.size > 30 && allowed.size > 200, `${called.size} calls seen, ${allowed.size} allowed`);
      const refused = [...called].filter((call) => !allowed.has(call));
      must(refused.length === 0, `refused: ${refused.join(', ')}`);
      must(!allowed.has('setuid') && !allowed.has('mount'), 'the filter refuses nothing');
      return `${called.size} kinds of calls, all among the ${allowed.size} that are allowed`;
    },
  },
];
