/** How long the store must have answered this process before it may settle another process's turn. */
export const STEADY_MS = 15_000;
/** How long to watch the store so that it can be found steady, with some time to spare. */
export const WATCH_MS = STEADY_MS + 5_000;
/** After a longer silence, the store may have been unreachable. */
const LONGEST_GAP_MS = 5_000;
const CHECK_EVERY_MS = 1_000;

/**
 * Measures how long the store has answered this process without a gap. A lease runs out when its producer
 * dies, and also when the store is unreachable, because nobody can renew it then. Only a process that the store
 * has answered without a gap can tell the two apart, and an outage of the store must not settle a living turn.
 */
export class StorePulse {
  #steadySince: number | null = null;
  #lastAnswer = 0;
  #watch: ReturnType<typeof setInterval> | null = null;
  #watchUntil = 0;
  #waiting: ((isSteady: boolean) => void)[] = [];
  #onRecovery: () => void = () => {};
  #isFailing = false;

  constructor(private readonly clock: () => number = Date.now) {}

  /** Sets the one listener, which is called each time the store answers again after a failure. */
  onRecovery(listener: () => void): void {
    this.#onRecovery = listener;
  }

  answered(): void {
    const now = this.clock();
    if (this.#steadySince === null || now - this.#lastAnswer > LONGEST_GAP_MS) this.#steadySince = now;
    this.#lastAnswer = now;
    if (now - this.#steadySince >= STEADY_MS) this.#stopWaiting(true);
    if (this.#isFailing) {
      this.#isFailing = false;
      this.#onRecovery();
    }
  }

  failed(): void {
    this.#steadySince = null;
    this.#isFailing = true;
  }

  /** Whether the last call of the store failed. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /**
   * For how many milliseconds, up to now, the store has answered without a gap; 0 after a gap or a failure.
   */
  steadyMs(): number {
    const now = this.clock();
    if (this.#steadySince === null || now - this.#lastAnswer > LONGEST_GAP_MS) return 0;
    return now - this.#steadySince;
  }

  /** Watches the store. Resolves with true once it is steady, or with false if the watch ends first. */
  untilSteady(check: () => Promise<void>): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push(resolve);
    this.watch(check, WATCH_MS);
    return promise;
  }

  /**
   * Checks the store once a second for `forMs`, or until the current watch ends if that is later. Call it
   * when a turn looks dead, and when the process starts: there is no permanent timer.
   */
  watch(check: () => Promise<void>, forMs: number): void {
    this.#watchUntil = Math.max(this.#watchUntil, this.clock() + forMs);
    if (this.#watch) return;
    const checkOnce = () => {
      if (this.clock() > this.#watchUntil && this.#watch) {
        clearInterval(this.#watch);
        this.#watch = null;
        this.#stopWaiting(false);
        return;
      }
      check().catch(() => this.failed());
    };
    this.#watch = setInterval(checkOnce, CHECK_EVERY_MS);
    this.#watch.unref();
    checkOnce();
  }

  #stopWaiting(isSteady: boolean): void {
    for (const resolve of this.#waiting.splice(0)) resolve(isSteady);
  }
}
