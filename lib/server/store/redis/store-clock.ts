import { log } from '@/lib/server/log';

/** Clocks drift slowly. */
const COMPARE_EVERY_MS = 10 * 60_000;
/** Smaller differences are ignored: they are within the round-trip time. */
const TOLERATED_MS = 1_000;
/** A larger difference is logged: the server's clock also dates its turns and cookies. */
const WARN_MS = 5_000;

/**
 * The difference between the clock of the store and that of this server. Servers that share a store use its
 * clock: otherwise a server whose clock is ahead would take live turns of the others for dead.
 */
export class StoreClock {
  #aheadMs = 0;
  #comparedAt: number | null = null;
  /**
   * Our clock minus the elapsed time of the process. It changes when the clock is set or the machine sleeps.
   */
  #base = 0;
  #comparing: Promise<void> | null = null;
  #isWarned = false;

  /** @param readTime the store's clock, in ms since the epoch. */
  constructor(
    private readonly readTime: () => Promise<number>,
    private readonly clock: () => number = Date.now,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** How far the store's clock is ahead, in ms; 0 if they agree. Rejects if the first comparison fails. */
  async aheadMs(): Promise<number> {
    if (this.#comparedAt === null) await this.#compare();
    // Runs in the background; this call uses the previous result.
    else if (this.#isDue(this.#comparedAt)) this.#compare().catch(() => undefined);
    return Math.abs(this.#aheadMs) > TOLERATED_MS ? this.#aheadMs : 0;
  }

  /** Also true if our clock was set or the machine was asleep. */
  #isDue(comparedAt: number): boolean {
    const wasSet = Math.abs(this.clock() - this.elapsed() - this.#base) > TOLERATED_MS;
    return wasSet || this.elapsed() - comparedAt > COMPARE_EVERY_MS;
  }

  #compare(): Promise<void> {
    this.#comparing ??= this.#compareOnce().finally(() => {
      this.#comparing = null;
    });
    return this.#comparing;
  }

  async #compareOnce(): Promise<void> {
    const [sentAt, base] = [this.elapsed(), this.clock() - this.elapsed()];
    const theirs = await this.readTime();
    const answeredAt = this.elapsed();
    this.#aheadMs = Math.round(theirs - (base + (sentAt + answeredAt) / 2));
    this.#base = base;
    this.#comparedAt = answeredAt;
    const isFar = Math.abs(this.#aheadMs) > WARN_MS;
    if (isFar && !this.#isWarned) log('warn', 'clock_skew', { storeAheadMs: this.#aheadMs, advice: ADVICE });
    this.#isWarned = isFar;
  }
}

const ADVICE = 'The clocks of this server and of its store disagree. Turn on time synchronisation on both.';
