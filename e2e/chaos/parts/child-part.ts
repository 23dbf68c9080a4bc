import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartResult } from './part-result';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface ChildPart {
  name: string;
  /** A file or folder of the project. If it is missing, the part counts as failed. */
  requires: string;
  command: readonly [string, ...string[]];
  environment?: Record<string, string>;
}

/** Runs a part with another test runner, whose output is passed through and whose exit code is the result. */
export async function runChildPart({ name, requires, command, environment }: ChildPart): Promise<PartResult> {
  if (!existsSync(join(ROOT, requires)))
    return { name, counts: {}, violations: [`${requires} is not there`] };
  const code = await runTool(command, environment);
  return { name, counts: {}, violations: code === 0 ? [] : [`${command.join(' ')} ended with ${code}`] };
}

/** Runs a tool of the project, which is ended when this process exits. Resolves with its exit code. */
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
