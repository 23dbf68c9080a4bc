import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./store-writer.ts', import.meta.url));

interface Options {
  env?: Record<string, string>;
  /** A command that runs its remaining arguments, used to start the process. */
  through?: readonly [string, ...string[]];
  /** Receives the lines of its log. */
  lines?: Record<string, unknown>[];
}

/** Another process with a store in the same SQLite file. */
export class StoreProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;
  readonly #lines: Record<string, unknown>[];

  private constructor(
    child: ChildProcessByStdio<Writable, Readable, null>,
    lines: Record<string, unknown>[],
  ) {
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.#lines = lines;
  }

  /** Resolves once it has answered. */
  static async start(file: string, { env = {}, lines = [], through }: Options = {}): Promise<StoreProcess> {
    const [command, ...args] = [...(through ?? []), process.execPath, '--import', 'tsx', SCRIPT, file];
    const child = spawn(command ?? process.execPath, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    const started = new StoreProcess(child, lines);
    await started.ids();
    return started;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  ids(): Promise<unknown> {
    return this.add('');
  }

  /** Resolves with the ids of all turns, or with the reason if they cannot be read. */
  async add(id: string): Promise<unknown> {
    this.#child.stdin.write(`${id}\n`);
    for (;;) {
      const { value, done } = await this.#answers.next();
      if (done) throw new Error('the process of the store has ended');
      const line: Record<string, unknown> = JSON.parse(value);
      if ('answer' in line) return line.answer;
      this.#lines.push(line);
    }
  }

  async end(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.stdin.end();
    await exit;
  }

  /** Does nothing if it has ended. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}
