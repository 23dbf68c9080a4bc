import { log } from '@/lib/server/log';

/** Clocks drift slowly. */
const COMPARE_EVERY_MS = 10 * 60_000;
/** Less is not worth correcting: an answer of the store takes time, too. */
const TOLERATED_MS = 1_000;
/** More is worth a warning: a server's clock also dates what it writes and its cookies. */
const WARN_MS = 5_000;

/**
 * How far the clock of the store is ahead of this server's. Servers that share a store go by its clock: if each went by its
 * own, one whose clock is ahead would take the living turns of the others for dead.
 */
export class StoreClock {
  #aheadMs = 0;
  #comparedAt: number | null = null;
  /** Our clock less the time since the process started: it changes when our clock is set, or the machine was asleep. */
  #base = 0;
  #comparing: Promise<void> | null = null;
  #isWarned = false;

  /** @param readTime the store's clock, in ms since the epoch. */
  constructor(
    private readonly readTime: () => Promise<number>,
    private readonly clock: () => number = Date.now,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** In ms; 0 if they agree. Rejects if the store does not answer the first time. */
  async aheadMs(): Promise<number> {
    if (this.#comparedAt === null) await this.#compare();
    // Nobody waits for it: an answer later, what is known is right again.
    else if (this.#isDue(this.#comparedAt)) this.#compare().catch(() => undefined);
    return Math.abs(this.#aheadMs) > TOLERATED_MS ? this.#aheadMs : 0;
  }

  /** Also if our clock was set, or the machine was asleep. */
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
