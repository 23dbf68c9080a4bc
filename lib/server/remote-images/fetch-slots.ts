import { ChatError } from '@/lib/chat/chat-error';

/** How many fetches may run at once, in this process and for one owner. */
const MOST = 8;
const MOST_PER_OWNER = 4;
const RETRY_AFTER_MS = 1_000;

const HOUR_MS = 3_600_000;
/** Owners whose hour is remembered; ended hours are forgotten when there are more. */
const MOST_OWNERS = 10_000;

interface FetchRequest {
  owner: string;
  /** Fetches that an owner may begin in an hour; null = no limit. */
  perHour: number | null;
  now: number;
}

/**
 * Bounds the fetches of this process: those that run at once, as each may hold a whole picture in memory, and those that
 * an owner begins in an hour, so that nobody uses the server to flood another.
 */
export class FetchSlots {
  readonly #owners: string[] = [];
  readonly #hours = new Map<string, { began: number; count: number }>();

  /** Runs `fetch` if there is room. @throws ChatError `rate_limited`. */
  async run<T>({ owner, perHour, now }: FetchRequest, fetch: () => Promise<T>): Promise<T> {
    const own = this.#owners.filter((other) => other === owner).length;
    if (this.#owners.length >= MOST || own >= MOST_PER_OWNER) throw busy(RETRY_AFTER_MS);
    if (perHour !== null) this.#count(owner, perHour, now);
    this.#owners.push(owner);
    try {
      return await fetch();
    } finally {
      this.#owners.splice(this.#owners.indexOf(owner), 1);
    }
  }

  #count(owner: string, perHour: number, now: number): void {
    const hour = this.#hours.get(owner);
    if (!hour || now - hour.began >= HOUR_MS) {
      if (this.#hours.size >= MOST_OWNERS) this.#forgetEnded(now);
      this.#hours.set(owner, { began: now, count: 1 });
    } else if (hour.count < perHour) hour.count += 1;
    else throw busy(hour.began + HOUR_MS - now);
  }

  #forgetEnded(now: number): void {
    for (const [owner, { began }] of this.#hours) if (now - began >= HOUR_MS) this.#hours.delete(owner);
  }
}

const busy = (retryAfterMs: number) => new ChatError('rate_limited', { retryAfterMs });
