import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadJob, ProbeJob, StreamJob, StreamReport } from './load';

/** A process of readers; one job at a time. */
export class Load {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), {
    execArgv: [],
  });

  readonly #gone = new AbortController();

  constructor() {
    this.#child.once('exit', () => this.#gone.abort(new Error('the readers ended')));
  }

  stream(job: StreamJob): Promise<StreamReport> {
    return this.#run({ stream: job });
  }

  /** Milliseconds of each request. */
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
