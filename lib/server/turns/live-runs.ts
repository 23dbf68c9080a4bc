import type { TurnRef } from '@/lib/server/store/store';
import type { LiveRun } from './live-run';

/** The turns that this process is producing. */
export class LiveRuns {
  readonly #runs = new Map<string, LiveRun>();
  #closing = false;

  /** True once the server is shutting down: nothing new begins. */
  get closing(): boolean {
    return this.#closing;
  }

  get size(): number {
    return this.#runs.size;
  }

  find(ref: TurnRef): LiveRun | undefined {
    return this.#runs.get(keyOf(ref));
  }

  /** Keeps the run until it has ended. */
  add(run: LiveRun): void {
    const key = keyOf(run.ref);
    this.#runs.set(key, run);
    void run.ended.then(() => this.#runs.delete(key));
  }

  /** Lets live replies finish for `graceMs`, then ends them as `interrupted` with their text saved. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    const all = () => Promise.all(Array.from(this.#runs.values(), (run) => run.ended));
    await withinMs(all(), graceMs);
    for (const run of this.#runs.values()) run.halt('interrupted');
    await all();
  }
}

const keyOf = (ref: TurnRef): string => JSON.stringify([ref.owner, ref.sessionId, ref.turnId]);

/** The promise's value, or undefined once `ms` have passed. */
export async function withinMs<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
