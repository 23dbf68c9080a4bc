import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { ROOT } from './root.mjs';

/** The environment for a child process, with the project's own tools (such as Node 24) first on the PATH. */
export function toolEnvironment(extra = {}) {
  const path = `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  return { ...process.env, PATH: path, ...extra };
}

/** The environment for `npm` itself, without the Node in `node_modules`, which npm may be about to replace. */
export function systemEnvironment() {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(ROOT, 'node_modules')))
    .join(delimiter);
  return { ...process.env, PATH: path };
}

/**
 * Runs a command without terminal input. Resolves with its exit code (1 after a signal, 127 for a missing command), the
 * signal that ended it, and, if `quiet`, with its output instead of printing it.
 */
export function run(
  command,
  args,
  { env = {}, base = toolEnvironment(), timeoutMs, quiet = false, cwd = ROOT } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...base, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const keep = (bytes) => {
      output += bytes;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => resolve({ code: 127, signal: null, output: error.message }));
    child.once('close', (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}

/** The output of a short command, or null if it is missing or fails. */
export function outputOf(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', env: toolEnvironment() });
  return result.status === 0 ? result.stdout.trim() : null;
}
