/**
 * `count` in `periodMs`: that many at once from rest, then one more each `periodMs / count`. The algorithm is GCRA, so all
 * that is stored is one time per key.
 */
export interface Rate {
  count: number;
  periodMs: number;
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
}

export const LIMIT_NAMES = [
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

export const DAY_MS = 86_400_000;

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
 * One step of GCRA. `nextAt` is what was stored, in microseconds since the epoch: when the rate would be at rest again.
 * Returns the value to store, or how long to wait. `scripts/limits.ts` has the same in Lua.
 */
export function takeFrom(
  rate: Rate,
  nextAt: number,
  now: number,
): { nextAt: number } | { retryAfterMs: number } {
  const period = rate.periodMs * MICROSECONDS;
  const step = Math.floor(period / rate.count);
  const at = now * MICROSECONDS;
  const from = Math.max(nextAt, at);
  const wait = from + step - period - at;
  return wait > 0 ? { retryAfterMs: Math.ceil(wait / MICROSECONDS) } : { nextAt: from + step };
}
