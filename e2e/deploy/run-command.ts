import { spawn } from 'node:child_process';

interface Options {
  cwd?: string;
  environment?: Record<string, string>;
  timeoutMs?: number;
}

export interface CommandResult {
  /** 1 after a signal, 127 for a missing command. */
  code: number;
  /** stdout and stderr, as they came. */
  output: string;
}

/** Runs a command to its end, without input; it ends after `timeoutMs` or when this process exits. Never rejects. */
export function runCommand(
  [command, ...args]: readonly [string, ...string[]],
  { cwd, environment = {}, timeoutMs = 60_000 }: Options = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A separate process group, so that children of the command end with it.
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const end = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    process.once('exit', end);
    const late = setTimeout(end, timeoutMs);
    const done = (code: number, more = '') => {
      clearTimeout(late);
      process.off('exit', end);
      resolve({ code, output: output + more });
    };
    child.once('error', (error) => done(127, error.message));
    child.once('close', (code) => done(code ?? 1));
  });
}
