import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@/e2e/support/servers/free-port';
import { buildNextApp, builtApp, type NextApp } from './next-app';

/** A server process that the benchmark started. */
export interface Program {
  url: string;
  pid: number;
  stop(): void;
}

/** Starts one of the programs in this folder, whose first line of output is its address. */
export async function startProgram(name: string, ...args: string[]): Promise<Program> {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = launch([file, ...args], {});
  if (!child.stdout) throw new Error(`${name} was started without an output pipe`);
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return programOf(child, url);
}

/** Starts the plain route with `next start`. */
export const startPlainNext = (model: string): Promise<Program> =>
  startNextApp('plain-next', '/stream', model);

/** Builds a baseline application if necessary and starts it. `path` is the path of its URL. */
export async function startNextApp(name: NextApp, path: string, model: string): Promise<Program> {
  await buildNextApp(name);
  const port = await freePort();
  const next = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url));
  const child = launch([next, 'start', builtApp(name), '-p', String(port), '-H', '127.0.0.1'], {
    MODEL: model,
  });
  const program = programOf(child, `http://127.0.0.1:${port}${path}`);
  for (let left = 100; left > 0; left--) {
    const isReady = await fetch(program.url, { method: 'HEAD' }).then(
      () => true,
      // Not listening yet.
      () => false,
    );
    if (isReady) return program;
    await pause(100);
  }
  throw new Error(`${name} did not become ready`);
}

function launch(args: string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

function programOf(child: ChildProcess, url: string): Program {
  child.stdout?.resume();
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  return { url, pid: child.pid ?? 0, stop };
}
