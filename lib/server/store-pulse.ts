/** Longer without an answer than this, and nobody knows whether the store was there. */
const LONGEST_GAP_MS = 5_000;
const WATCH_EVERY_MS = 1_000;

/**
 * How long the store has answered this process without a gap. A turn's lease may have run out because its producer
 * died, or because the store was away and nobody could renew: only a process that saw the store answer all along
 * may say which (an outage of the store must settle no living turn).
 */
export class StorePulse {
  #steadySince: number | null = null;
  #lastAnswer = 0;
  #watch: ReturnType<typeof setInterval> | null = null;
  #onRecovery: () => void = () => {};
  #failing = false;

  constructor(private readonly clock: () => number = Date.now) {}

  /** Called once whenever the store answers again after a failure. */
  onRecovery(listener: () => void): void {
    this.#onRecovery = listener;
  }

  answered(): void {
    const now = this.clock();
    if (this.#steadySince === null || now - this.#lastAnswer > LONGEST_GAP_MS) this.#steadySince = now;
    this.#lastAnswer = now;
    if (this.#failing) {
      this.#failing = false;
      this.#onRecovery();
    }
  }

  failed(): void {
    this.#steadySince = null;
    this.#failing = true;
  }

  /** Milliseconds up to now in which the store answered without a gap; 0 when it is not known to. */
  steadyMs(): number {
    const now = this.clock();
    if (this.#steadySince === null || now - this.#lastAnswer > LONGEST_GAP_MS) return 0;
    return now - this.#steadySince;
  }

  /**
   * Asks the store once a second for `forMs`, then stops by itself. Started where somebody looks at a turn that seems
   * dead, and when the process starts: never a timer for its own sake.
   */
  watch(check: () => Promise<void>, forMs: number): void {
    if (this.#watch) return;
    const until = this.clock() + forMs;
    const ask = () => {
      if (this.clock() > until && this.#watch) {
        clearInterval(this.#watch);
        this.#watch = null;
        return;
      }
      // The check reports to this pulse whether it succeeded; a failure is that report.
      check().catch(() => this.failed());
    };
    this.#watch = setInterval(ask, WATCH_EVERY_MS);
    this.#watch.unref();
    ask();
  }
}
