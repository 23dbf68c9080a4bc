import { log, reasonOf } from '@/lib/server/log';
import {
  giveBackAll,
  MINUTE_MS,
  type Rate,
  type RateAnswer,
  type RateRequest,
  type RateTable,
  takeAll,
} from '@/lib/server/store/limits';
import type { Store } from '@/lib/server/store/store';

/** Who guesses a secret, and which one. */
export interface Trier {
  secret: 'access' | 'admin';
  /** The hash (`hashedId`) of a network address, or of the guest of a browser that was let in before. */
  id: string;
  /** The browser was let in before. It is not slowed down by what strangers try. */
  wasLetIn: boolean;
}

export type Tried<T> =
  | { outcome: 'right'; value: T }
  /** `waitMs`: until the next try is checked. */
  | { outcome: 'wrong'; waitMs: number }
  | { outcome: 'too_early'; waitMs: number };

const SECOND_MS = 1_000;
const atOnceThenOneEach = (count: number, stepMs: number): Rate => ({ count, periodMs: count * stepMs });

/**
 * The rates of one trier. Each try takes from all of them, so every wrong one makes the next wait longer: a second at
 * first, then 10 seconds, a minute, and after ten tries a quarter of an hour. Two and a half hours without a try
 * reset them all.
 */
const TRIER_RATES: Readonly<Record<string, Rate>> = {
  quick: atOnceThenOneEach(1, SECOND_MS),
  short: atOnceThenOneEach(3, 10 * SECOND_MS),
  middle: atOnceThenOneEach(6, MINUTE_MS),
  long: atOnceThenOneEach(10, 15 * MINUTE_MS),
};
/** The rate of all triers together. Its step is short, so that somebody with the code gets in while others guess. */
const SHARED_RATE = atOnceThenOneEach(20, 5 * SECOND_MS);

/**
 * Slows down guesses at an access code or the admin token. Tries are counted in the store, for all servers together.
 *
 * A try is counted before it is checked, so that many tries at the same moment are not all free, and given back if it
 * was right. A try that comes too early is not checked at all, because the answer would tell whether the guess was
 * right.
 *
 * Each process counts as well. That spares the store the tries that are too early anyway. While the store does not
 * answer, only this count applies: the owner can still sign in, and guessing is still bounded.
 */
export class SignInTries {
  readonly #own = new OwnRates();

  constructor(private readonly store: Pick<Store, 'takeRates' | 'giveBackRates'>) {}

  /** `check` returns null for a wrong guess. It is not called if the try comes too early. */
  async try<T>(trier: Trier, now: number, check: () => T | null): Promise<Tried<T>> {
    const request = { rates: ratesOf(trier), now };
    const { isTaken, waitMs } = await this.#take(request);
    if (!isTaken) return { outcome: 'too_early', waitMs };
    const value = check();
    if (value === null) return { outcome: 'wrong', waitMs };
    giveBackAll(this.#own, request);
    await this.#unlessDown(this.store.giveBackRates(request));
    return { outcome: 'right', value };
  }

  /** Whether this process has counted wrong tries of this trier that still slow it down. */
  hasFailed(trier: Trier, now: number): boolean {
    return ratesOf(trier).some(({ name, rate }) => rate !== SHARED_RATE && this.#own.get(name) > now * 1_000);
  }

  async #take(request: RateRequest): Promise<RateAnswer> {
    const own = takeAll(this.#own, request);
    if (!own.isTaken) return own;
    const shared = await this.#unlessDown(this.store.takeRates(request));
    if (!shared) return own;
    if (!shared.isTaken) giveBackAll(this.#own, request);
    return {
      isTaken: shared.isTaken,
      waitMs: shared.isTaken ? Math.max(own.waitMs, shared.waitMs) : shared.waitMs,
    };
  }

  /** null if the store does not answer. */
  async #unlessDown<T>(call: Promise<T>): Promise<T | null> {
    try {
      return await call;
    } catch (error) {
      log('warn', 'sign_in_tries_not_shared', { reason: reasonOf(error) });
      return null;
    }
  }
}

function ratesOf({ secret, id, wasLetIn }: Trier): RateRequest['rates'] {
  const who = wasLetIn ? 'known' : 'stranger';
  const own = Object.entries(TRIER_RATES).map(([name, rate]) => ({
    name: `${secret}:${who}:${id}:${name}`,
    rate,
  }));
  return [...own, { name: `${secret}:${who}`, rate: SHARED_RATE }];
}

/** Beyond these, the names used longest ago are forgotten. */
const MOST_NAMES = 40_000;

/** The rates that this process counts. */
class OwnRates implements RateTable {
  readonly #nextAt = new Map<string, number>();

  get(name: string): number {
    return this.#nextAt.get(name) ?? 0;
  }

  set(name: string, nextAt: number): void {
    this.#nextAt.delete(name);
    this.#nextAt.set(name, nextAt);
    const [oldest] = this.#nextAt.keys();
    if (this.#nextAt.size > MOST_NAMES && oldest !== undefined) this.#nextAt.delete(oldest);
  }

  delete(name: string): void {
    this.#nextAt.delete(name);
  }
}
