import type { Turn } from '@/lib/chat/turn';
import { hashed, log, reasonOf } from '@/lib/server/log';
import { dayOf } from '@/lib/server/store/limits';
import type { Store } from '@/lib/server/store/store';

export type DayCounts = Readonly<Record<string, number>>;

/** Where the counters of a day are kept. */
export type DayCounters = Pick<Store, 'addToDay' | 'dayCounts' | 'durable'>;

/** How long counts wait in memory, so that many turns cost the store one call. */
const FLUSH_AFTER_MS = 5_000;
/** Of guests, per process and day. Those after them are counted together, so that a busy day has an end. */
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

/** What is used on a day, by model and guest. Counts are gathered in memory and added to the store every few seconds. */
export class DayUsage {
  #counters: DayCounters | null = null;
  #pending = new Map<string, number>();
  #pendingSince = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #guests = new Set<string>();
  #guestsDay = 0;

  constructor(private readonly clock: () => number = Date.now) {}

  /** Sets where the counts go. Before that, they wait in memory. */
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

  /** The counters of each of these days, with those that still waited. @throws ChatError `store_unavailable` */
  async read(days: readonly number[]): Promise<DayCounts[]> {
    await this.flush();
    return (await this.#counters?.dayCounts(days)) ?? days.map(() => ({}));
  }

  /** Adds what has been gathered to the store. What it does not take waits for the next time. */
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
    // What was used before midnight belongs to the day before.
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
