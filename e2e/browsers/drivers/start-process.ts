import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const STARTED_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 5_000;

export interface RunningProcess {
  output(): string;
  /** Resolves with the first match in its output. @throws if it ends or is silent for too long. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves once something answers at this address. @throws as `printed`. */
  answers(address: string): Promise<void>;
  /** Ends it with everything that it started. */
  end(): Promise<void>;
}

/** Starts a program in a process group of its own. It ends with this process at the latest. */
export function startProcess(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): RunningProcess {
  const child = spawn(command, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let failure: string | null = null;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', (code, signal) => {
    failure ??= `it ended with ${signal ?? code}`;
  });
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // It has ended.
    }
  };
  const killNow = () => kill('SIGKILL');
  process.once('exit', killNow);

  async function until<T>(find: () => Promise<T | null>): Promise<T> {
    const deadline = Date.now() + STARTED_WITHIN_MS;
    for (;;) {
      const found = await find();
      if (found !== null) return found;
      const problem = failure ?? (Date.now() > deadline ? 'it is not ready after a minute' : null);
      if (problem) throw new Error(`${command}: ${problem}\n${output.slice(-1_000)}`);
      await pause(50);
    }
  }

  return {
    output: () => output,
    printed: (pattern) => until(async () => pattern.exec(output)),
    answers: async (address) =>
      void (await until(() =>
        fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
          () => true,
          () => null,
        ),
      )),
    async end() {
      process.off('exit', killNow);
      if (failure === null) {
        const gone = once(child, 'exit');
        kill('SIGTERM');
        await Promise.race([gone, pause(ENDED_WITHIN_MS)]);
      }
      // What it started may still run.
      kill('SIGKILL');
    },
  };
}
