import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { must, NotAvailable } from '../support/run-checks';
import { freePort } from '../support/servers/free-port';
import type { DeployLab } from './deploy-lab';

const SCRIPT = fileURLToPath(new URL('like-container.sh', import.meta.url));
const READY_MS = 20_000;

/** The standalone server as the Dockerfile starts it, without a container engine. */
export interface Container {
  url: string;
  /** The folder that is the volume. */
  data: string;
  /** The id of process 1, as seen from this machine. */
  pid: number;
  /** From the start of the process to its first answer. */
  startMs: number;
  output(): string;
  /** Runs a command of the image beside process 1, as its health check does. */
  exec(command: readonly string[]): Promise<{ code: number; output: string }>;
  /** Sends SIGTERM to process 1. Resolves with the exit code when it has ended. */
  stop(): Promise<number | null>;
}

export async function startContainer(
  lab: DeployLab,
  settings: Record<string, string> = {},
): Promise<Container> {
  requireRoot();
  const { root } = await lab.build('standalone');
  const data = await lab.folder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const variables = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    ...settings,
  };
  const app = join(root, '.next/standalone');
  const startedAt = performance.now();
  const child = spawn(
    SCRIPT,
    [
      app,
      data,
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      '--',
      'node',
      '/mnt/app/server.js',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE: process.execPath } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  lab.onEnd(async () => {
    process.off('exit', kill);
    await end(child);
  });
  await answers(url, child, () => output);
  const startMs = performance.now() - startedAt;
  const pid = Number(/^pid (\d+)$/m.exec(output)?.[1]);
  must(pid > 0, `no process 1:\n${output}`);
  return {
    url,
    data,
    pid,
    startMs,
    output: () => output,
    exec: (command) => execIn(pid, command, variables),
    async stop() {
      process.kill(pid, 'SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

export function requireRoot(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new NotAvailable('surroundings like those of a container need root on Linux.');
}

/** The fields of `/proc/PID/status`. */
export async function statusOf(pid: number): Promise<Record<string, string>> {
  const lines = (await readFile(`/proc/${pid}/status`, 'utf8')).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/:\s+/, 2)));
}

export const memoryMbOf = async (pid: number): Promise<number> =>
  Math.round(Number.parseInt((await statusOf(pid)).VmRSS ?? '0', 10) / 1024);

async function answers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    must(child.exitCode === null, `the server exited with ${child.exitCode}:\n${output()}`);
    must(Date.now() < deadline, `the server does not answer at ${url}:\n${output()}`);
    const isLive = await fetch(`${url}/api/health/live`).then(
      ({ ok }) => ok,
      // Not listening yet.
      () => false,
    );
    if (isLive) return;
    await pause(20);
  }
}

async function execIn(pid: number, command: readonly string[], variables: Record<string, string>) {
  const child = spawn(
    'nsenter',
    [
      ...['-t', String(pid), '--mount', '--pid'],
      ...['setpriv', '--reuid', '1000', '--regid', '1000', '--clear-groups'],
      ...['env', '-i', 'PATH=/mnt/bin:/usr/bin:/bin'],
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      ...['sh', '-c', 'cd /mnt/data && exec "$@"', 'sh', ...command],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [code] = await once(child, 'close');
  return { code: code ?? 1, output: output.trim() };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
  await gone;
  clearTimeout(late);
}
