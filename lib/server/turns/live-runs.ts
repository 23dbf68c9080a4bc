import type { TurnRef } from '@/lib/server/store/store';
import type { LiveRun } from './live-run';
import { keyOf, UnansweredBegins } from './unanswered-begins';

/** The turns that this process is producing. */
export class LiveRuns {
  readonly #runs = new Map<string, LiveRun>();
  readonly unanswered = new UnansweredBegins();
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

  /**
   * Lets live replies finish for `graceMs`, then ends them as `interrupted` and gives their text `saveMs` to be saved:
   * a store that is away does not keep the process.
   */
  async close({ graceMs, saveMs }: { graceMs: number; saveMs: number }): Promise<void> {
    this.#closing = true;
    await withinMs(this.#allEnded(), graceMs);
    for (const run of this.#runs.values()) run.halt('interrupted');
    await withinMs(this.#allEnded(), saveMs);
  }

  /** Those included whose begin was on its way to the store when the server began to close. */
  async #allEnded(): Promise<void> {
    while (this.size > 0) await Promise.all(Array.from(this.#runs.values(), (run) => run.ended));
  }
}

/** The promise's value, or undefined once `ms` have passed. */
export async function withinMs<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
