/** Counts wrong access codes, and makes whoever enters them wait. */
export interface CodeTries {
  /**
   * Counts a try, before it is looked at: tries at the same moment must not all be free. Returns 0 if it may be looked
   * at, otherwise for how long it is too early, ms; then it was not counted.
   */
  take(address: string, now: number): Promise<number>;
  /** How long this address has to wait now, ms. */
  waitOf(address: string, now: number): Promise<number>;
  /** The try that was counted was right. */
  succeed(address: string): Promise<void>;
}

interface Count {
  wrong: number;
  /** Milliseconds since the epoch. */
  lastAt: number;
  /** No try is looked at before. */
  notBefore: number;
}

/** The first wrong code of an address costs a second, each next one twice as long, up to this. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** An address that tries nothing for this long begins anew. */
const FORGET_MS = 3_600_000;
/** From all addresses together, this many are free, and one more each time this has passed. */
const FREE_IN_ALL = 20;
const ONE_MORE_AFTER_MS = 30_000;
const FIRST_WAIT_IN_ALL_MS = 250;
/** Short, so that somebody who knows the code still gets in while others guess. */
const LONGEST_WAIT_IN_ALL_MS = 5_000;
/** Of addresses. More are forgotten, the oldest first; the count of all remains. */
const MOST_ADDRESSES = 10_000;

/** In the memory of this process. */
export class MemoryCodeTries implements CodeTries {
  readonly #addresses = new Map<string, Count>();
  #all: Count = { wrong: 0, lastAt: 0, notBefore: 0 };

  async take(address: string, now: number): Promise<number> {
    const wait = this.#wait(address, now);
    if (wait > 0) return wait;
    const before = this.#countOf(address, now);
    const wrong = before.wrong + 1;
    const ownWait = Math.min(FIRST_WAIT_MS * 2 ** (wrong - 1), LONGEST_WAIT_MS);
    this.#addresses.delete(address);
    this.#addresses.set(address, { wrong, lastAt: now, notBefore: now + ownWait });
    const [oldest] = this.#addresses.keys();
    if (this.#addresses.size > MOST_ADDRESSES && oldest !== undefined) this.#addresses.delete(oldest);
    const forgiven = (now - this.#all.lastAt) / ONE_MORE_AFTER_MS;
    const inAll = Math.max(0, this.#all.wrong - forgiven) + 1;
    const excess = Math.floor(inAll) - FREE_IN_ALL;
    const sharedWait =
      excess > 0 ? Math.min(FIRST_WAIT_IN_ALL_MS * 2 ** (excess - 1), LONGEST_WAIT_IN_ALL_MS) : 0;
    this.#all = { wrong: inAll, lastAt: now, notBefore: now + sharedWait };
    return 0;
  }

  async waitOf(address: string, now: number): Promise<number> {
    return this.#wait(address, now);
  }

  async succeed(address: string): Promise<void> {
    this.#addresses.delete(address);
    this.#all = { ...this.#all, wrong: Math.max(0, this.#all.wrong - 1), notBefore: 0 };
  }

  #wait(address: string, now: number): number {
    return Math.max(0, this.#countOf(address, now).notBefore - now, this.#all.notBefore - now);
  }

  #countOf(address: string, now: number): Count {
    const count = this.#addresses.get(address);
    return count && now - count.lastAt < FORGET_MS ? count : { wrong: 0, lastAt: now, notBefore: 0 };
  }
}
