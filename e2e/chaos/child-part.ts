import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartResult } from './part';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ChildPart {
  name: string;
  /** A file or folder of the project: without it the part cannot be run, which is a violation. */
  of: string;
  command: readonly [string, ...string[]];
  environment?: Record<string, string>;
}

/** A part that another runner runs: its words go to our output, its exit code is its result. */
export async function runChildPart({ name, of, command, environment }: ChildPart): Promise<PartResult> {
  if (!existsSync(join(ROOT, of))) return { name, counts: {}, violations: [`${of} is not there`] };
  const code = await runTool(command, environment);
  return { name, counts: {}, violations: code === 0 ? [] : [`${command.join(' ')} ended with ${code}`] };
}

/** Runs a tool of the project to its end; it goes when this process goes. Resolves with its exit code. */
export function runTool([tool, ...args]: readonly [string, ...string[]], environment = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const bin = join(ROOT, 'node_modules/.bin');
    const child = spawn(join(bin, tool), args, {
      cwd: ROOT,
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const end = () => child.kill('SIGTERM');
    process.once('exit', end);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('exit', end);
      resolve(code ?? 1);
    });
  });
}
