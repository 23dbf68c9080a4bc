import type { Turn } from '@/lib/chat/turn';
import { hashed, log, reasonOf } from '@/lib/server/log';
import { dayOf } from '@/lib/server/store/limits';
import type { Store } from '@/lib/server/store/store';

export type DayCounts = Readonly<Record<string, number>>;

/** The part of the store that keeps the counters. */
type DayCounters = Pick<Store, 'addToDay' | 'dayCounts' | 'durable'>;

/** How long counts wait in memory, so that many turns cost the store one call. */
const FLUSH_AFTER_MS = 5_000;
/**
 * Guests beyond these, per process and day, are counted together, so that the counters of a busy day stay bounded.
 */
const MOST_GUESTS = 200;
export const OTHER_GUESTS = 'other';

/** The kinds of counters. The name of one is `use:<kind>:<of what>`. */
const KINDS = [
  'status',
  'tokens',
  'model-turns',
  'model-tokens',
  'guest-turns',
  'guest-tokens',
  'limit',
] as const;
export type CountKind = (typeof KINDS)[number];

const nameOf = (kind: CountKind, of: string): string => `use:${kind}:${of}`;

/** The counters of one kind, by what they count. */
export function countsOf(counts: DayCounts, kind: CountKind): Map<string, number> {
  const prefix = nameOf(kind, '');
  const own = Object.entries(counts).filter(([name]) => name.startsWith(prefix));
  return new Map(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Counts what is used on a day, by model and guest, in memory first and every few seconds in the store. */
export class DayUsage {
  #counters: DayCounters | null = null;
  #pending = new Map<string, number>();
  #pendingSince = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #guests = new Set<string>();
  #guestsDay = 0;

  constructor(private readonly clock: () => number = Date.now) {}

  /** Sets the store. Until then, counts stay in memory. */
  connect(counters: DayCounters): void {
    this.#counters = counters;
  }

  /** False: the counters are gone when the process ends. */
  get isKept(): boolean {
    return this.#counters?.durable ?? false;
  }

  countTurn(owner: string, { status, reply, usage }: Turn): void {
    const guest = this.#nameOfGuest(owner);
    const { inputTokens = 0, outputTokens = 0 } = usage ?? {};
    const tokens = inputTokens + outputTokens;
    this.#add([
      ['status', status, 1],
      ['tokens', 'input', inputTokens],
      ['tokens', 'output', outputTokens],
      ['model-turns', reply.model, 1],
      ['model-tokens', reply.model, tokens],
      ['guest-turns', guest, 1],
      ['guest-tokens', guest, tokens],
    ]);
  }

  countLimitHit(limit: string): void {
    this.#add([['limit', limit, 1]]);
  }

  /** The counters of each of these days, up to this moment. @throws ChatError `store_unavailable` */
  async read(days: readonly number[]): Promise<DayCounts[]> {
    await this.flush();
    return (await this.#counters?.dayCounts(days)) ?? days.map(() => ({}));
  }

  /** Adds the counts in memory to the store. If that fails, they stay in memory until the next time. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const counters = this.#counters;
    if (!counters || this.#pending.size === 0) return;
    const add = this.#pending;
    this.#pending = new Map();
    try {
      await counters.addToDay({ add: Object.fromEntries(add), now: this.#pendingSince });
    } catch (error) {
      log('warn', 'usage_not_saved', { reason: reasonOf(error) });
      for (const [name, value] of add) this.#pending.set(name, (this.#pending.get(name) ?? 0) + value);
    }
  }

  #add(counts: [CountKind, string, number][]): void {
    const now = this.clock();
    // What was used before midnight belongs to the previous day.
    if (this.#pending.size > 0 && dayOf(this.#pendingSince) !== dayOf(now)) void this.flush();
    if (this.#pending.size === 0) this.#pendingSince = now;
    for (const [kind, of, value] of counts) {
      const name = nameOf(kind, of);
      if (value > 0) this.#pending.set(name, (this.#pending.get(name) ?? 0) + value);
    }
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  #nameOfGuest(owner: string): string {
    const day = dayOf(this.clock());
    if (day !== this.#guestsDay) this.#guests.clear();
    this.#guestsDay = day;
    const name = hashed(owner);
    if (!this.#guests.has(name) && this.#guests.size >= MOST_GUESTS) return OTHER_GUESTS;
    this.#guests.add(name);
    return name;
  }
}
