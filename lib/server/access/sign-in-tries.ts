import { log, reasonOf } from '@/lib/server/log';
import {
  giveBackAll,
  type Rate,
  type RateAnswer,
  type RateRequest,
  type RateTable,
  takeAll,
} from '@/lib/server/store/limits';
import type { Store } from '@/lib/server/store/store';

/** Who tries, and what. */
export interface Trier {
  secret: 'access' | 'admin';
  /** Of the network (`addressOf`), or of a browser that was let in before. Hashed: see `hashedId`. */
  id: string;
  /** A browser that was let in before is not slowed down by what strangers try. */
  isKnown: boolean;
}

export type Tried<T> =
  | { outcome: 'right'; value: T }
  /** `waitMs`: until the next try is looked at. */
  | { outcome: 'wrong'; waitMs: number }
  | { outcome: 'too_early'; waitMs: number };

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const atOnceThenOneEach = (count: number, stepMs: number): Rate => ({ count, periodMs: count * stepMs });

/**
 * Taken from all at once, so each wrong try makes the next wait longer: a second at first, then 10 seconds, a minute, and
 * after ten tries a quarter of an hour. All is forgotten after two and a half hours without a try.
 */
const OF_ONE: Readonly<Record<string, Rate>> = {
  quick: atOnceThenOneEach(1, SECOND_MS),
  short: atOnceThenOneEach(3, 10 * SECOND_MS),
  middle: atOnceThenOneEach(6, MINUTE_MS),
  long: atOnceThenOneEach(10, 15 * MINUTE_MS),
};
/** From everywhere together. The step is short, so that somebody who knows the code gets in while others guess. */
const OF_ALL = atOnceThenOneEach(20, 5 * SECOND_MS);

/**
 * Slows down whoever guesses an access code or the admin token, in the store, so that all servers count together.
 *
 * A try is counted before it is looked at, because tries at the same moment must not all be free, and given back if it was
 * right. A try that comes too early is not looked at, right or wrong: the answer would tell whether the guess was right.
 *
 * Each process counts as well. That count spares the store what is too early anyway, and holds alone while the store does
 * not answer, so that the owner can still come in then and nobody can guess without a bound.
 */
export class SignInTries {
  readonly #own = new OwnRates();

  constructor(private readonly store: Pick<Store, 'takeRates' | 'giveBackRates'>) {}

  /** `look` returns what was right, or null. */
  async attempt<T>(trier: Trier, now: number, look: () => T | null): Promise<Tried<T>> {
    const request = { rates: ratesOf(trier), now };
    const { isTaken, waitMs } = await this.#take(request);
    if (!isTaken) return { outcome: 'too_early', waitMs };
    const value = look();
    if (value === null) return { outcome: 'wrong', waitMs };
    giveBackAll(this.#own, request);
    await this.#orAlone(this.store.giveBackRates(request));
    return { outcome: 'right', value };
  }

  /** Whether this process knows of wrong tries from there. */
  hasFailed(trier: Trier, now: number): boolean {
    return ratesOf(trier).some(({ name, rate }) => rate !== OF_ALL && this.#own.get(name) > now * 1_000);
  }

  async #take(request: RateRequest): Promise<RateAnswer> {
    const own = takeAll(this.#own, request);
    if (!own.isTaken) return own;
    const shared = await this.#orAlone(this.store.takeRates(request));
    if (!shared) return own;
    if (!shared.isTaken) giveBackAll(this.#own, request);
    return {
      isTaken: shared.isTaken,
      waitMs: shared.isTaken ? Math.max(own.waitMs, shared.waitMs) : shared.waitMs,
    };
  }

  async #orAlone<T>(call: Promise<T>): Promise<T | null> {
    try {
      return await call;
    } catch (error) {
      log('warn', 'sign_in_tries_not_shared', { reason: reasonOf(error) });
      return null;
    }
  }
}

function ratesOf({ secret, id, isKnown }: Trier): RateRequest['rates'] {
  const who = isKnown ? 'known' : 'stranger';
  const own = Object.entries(OF_ONE).map(([name, rate]) => ({
    name: `${secret}:${who}:${id}:${name}`,
    rate,
  }));
  return [...own, { name: `${secret}:${who}`, rate: OF_ALL }];
}

/** Of names. More are forgotten, those used longest ago first. */
const MOST_NAMES = 40_000;

/** The rates of this process. */
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
