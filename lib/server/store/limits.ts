/**
 * `count` in `periodMs`: after a rest that many at once, then one more every `periodMs / count`. The algorithm is
 * GCRA, so only one time per name is stored.
 */
export interface Rate {
  count: number;
  periodMs: number;
}

/** Rates to take from together: at least one, and no name twice. */
export interface RateRequest {
  rates: readonly { name: string; rate: Rate }[];
  now: number;
}

export interface RateAnswer {
  /** False: one of the rates is used up, and nothing was taken from any. */
  isTaken: boolean;
  /** How long until every rate allows one. */
  waitMs: number;
}

/** What one guest may use. Left out: no limit. Days are UTC. */
export interface GuestLimits {
  turns?: Rate;
  /** Replies that run at the same time. */
  replies?: number;
  /** Uploads. */
  images?: Rate;
  dailyTokens?: number;
  /** USD. */
  dailyCost?: number;
  /** Of the guest's turns and images. */
  storageBytes?: number;
}

/** What may come from one network address. */
export interface AddressLimits {
  /** Names the address. Two requests from the same network have the same id. */
  id: string;
  turns?: Rate;
  /** Guests whose first turn or upload comes from here. */
  newGuests?: Rate;
}

/** What all guests may use together. */
export interface ServerLimits {
  dailyTokens?: number;
  /** USD. */
  dailyCost?: number;
}

export interface Limits {
  guest: GuestLimits;
  address?: AddressLimits;
  server?: ServerLimits;
  /** While a setting of this name is stored, no turn begins. */
  pauseSetting?: string;
}

export const LIMIT_NAMES = [
  'paused',
  'storage',
  'tokens',
  'cost',
  'server_tokens',
  'server_cost',
  'replies',
  'turns',
  'images',
  'address',
  'new_guests',
] as const;

export type LimitName = (typeof LIMIT_NAMES)[number];

/** A limit that is used up. Nothing was taken from any limit. */
export interface Refusal {
  limit: LimitName;
  /** When the limit allows this again; null if time alone does not help. */
  retryAfterMs: number | null;
}

/** What a finished turn used, for the limits of a day. */
export interface TurnUse {
  tokens: number;
  /** USD. */
  cost: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How long the server's counters of a day are kept. */
export const DAY_COUNTS_DAYS = 100;

/** How long a guest without a turn or an upload still counts as one that has been here. */
export const GUEST_MEMORY_MS = 30 * DAY_MS;

/** Days since the epoch, in UTC. */
export const dayOf = (now: number): number => Math.floor(now / DAY_MS);

export const untilNextDay = (now: number): number => (dayOf(now) + 1) * DAY_MS - now;

/** Microseconds, so that the steps of a rate are whole numbers and every backend rounds alike. */
const MICROSECONDS = 1_000;

/**
 * One step of GCRA. `nextAt` is what was stored, in microseconds since the epoch: when the rate would be at rest
 * again. Returns the value to store, or how long to wait. `guest-limits.ts` has the same in Lua.
 */
export function takeFrom(
  rate: Rate,
  nextAt: number,
  now: number,
): { nextAt: number } | { retryAfterMs: number } {
  const wait = waitFor(rate, nextAt, now);
  return wait > 0 ? { retryAfterMs: wait } : { nextAt: stepped(rate, nextAt, now) };
}

/** `nextAt` after one more. */
const stepped = (rate: Rate, nextAt: number, now: number): number =>
  Math.max(nextAt, now * MICROSECONDS) + stepOf(rate);

/** How long until the rate allows one, ms. */
function waitFor(rate: Rate, nextAt: number, now: number): number {
  const wait = stepped(rate, nextAt, now) - (rate.periodMs + now) * MICROSECONDS;
  return Math.max(0, Math.ceil(wait / MICROSECONDS));
}

const stepOf = (rate: Rate): number => Math.floor((rate.periodMs * MICROSECONDS) / rate.count);

/** The `nextAt` of each rate, by name; 0 if none is stored. */
export interface RateTable {
  get(name: string): number;
  set(name: string, nextAt: number): void;
  delete(name: string): void;
}

/** `Store.takeRates` on a table that nobody else changes in the meantime. */
export function takeAll(table: RateTable, { rates, now }: RateRequest): RateAnswer {
  const wait = () => Math.max(0, ...rates.map(({ name, rate }) => waitFor(rate, table.get(name), now)));
  const waitMs = wait();
  if (waitMs > 0) return { isTaken: false, waitMs };
  for (const { name, rate } of rates) table.set(name, stepped(rate, table.get(name), now));
  return { isTaken: true, waitMs: wait() };
}

/** `Store.giveBackRates` on such a table. */
export function giveBackAll(table: RateTable, { rates, now }: RateRequest): void {
  for (const { name, rate } of rates) {
    const nextAt = table.get(name) - stepOf(rate);
    if (nextAt > now * MICROSECONDS) table.set(name, nextAt);
    else table.delete(name);
  }
}
