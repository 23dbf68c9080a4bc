import { ChatError } from '@/lib/chat/chat-error';

/** How many fetches may run at once, in this process and for one owner. */
const MOST = 8;
const MOST_PER_OWNER = 4;
const RETRY_AFTER_MS = 1_000;

/** Bounds the fetches that run at once in this process, as each may hold a whole picture in memory. */
export class FetchSlots {
  readonly #owners: string[] = [];

  /** Runs `fetch` if there is room. @throws ChatError `rate_limited`. */
  async run<T>(owner: string, fetch: () => Promise<T>): Promise<T> {
    const own = this.#owners.filter((other) => other === owner).length;
    if (this.#owners.length >= MOST || own >= MOST_PER_OWNER)
      throw new ChatError('rate_limited', { retryAfterMs: RETRY_AFTER_MS });
    this.#owners.push(owner);
    try {
      return await fetch();
    } finally {
      this.#owners.splice(this.#owners.indexOf(owner), 1);
    }
  }
}
