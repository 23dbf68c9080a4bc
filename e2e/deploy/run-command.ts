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

/** Runs a command to its end, without input; it is ended when this process exits. Never rejects. */
export function runCommand(
  [command, ...args]: readonly [string, ...string[]],
  { cwd, environment = {}, timeoutMs = 60_000 }: Options = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    const done = (code: number, more = '') => {
      process.off('exit', end);
      resolve({ code, output: output + more });
    };
    child.once('error', (error) => done(127, error.message));
    child.once('close', (code) => done(code ?? 1));
  });
}
