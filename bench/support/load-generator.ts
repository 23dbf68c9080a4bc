import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadJob, ProbeJob, StreamJob, StreamReport } from './load-process';

/** A process that opens and reads streams, one job at a time. */
export class LoadGenerator {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)), {
    execArgv: [],
  });

  readonly #gone = new AbortController();

  constructor() {
    this.#child.once('exit', () => this.#gone.abort(new Error('The load process exited.')));
  }

  stream(job: StreamJob): Promise<StreamReport> {
    return this.#run({ stream: job });
  }

  /** The duration of each request, in ms. */
  probe(job: ProbeJob): Promise<number[]> {
    return this.#run({ probe: job });
  }

  close(): void {
    this.#child.kill();
  }

  async #run<T>(job: LoadJob): Promise<T> {
    this.#child.send(job);
    const [report] = await once(this.#child, 'message', { signal: this.#gone.signal });
    return report as T;
  }
}
