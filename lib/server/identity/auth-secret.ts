import { randomBytes } from 'node:crypto';
import type { Store } from '@/lib/server/store/store';

const NAME = 'auth';

/**
 * The secret that signs cookies: the given one, or one made once and kept in the store. Held in memory after the
 * first read, so that a store in trouble logs nobody out.
 */
export class AuthSecret {
  #held: string[] = [];
  #reading: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    private readonly given: string | null,
  ) {}

  /**
   * The secrets that a cookie may be signed with, the current one first.
   * @throws ChatError `store_unavailable` when it is not known yet and cannot be read.
   */
  async secrets(): Promise<readonly [string, ...string[]]> {
    if (this.given) return [this.given];
    if (this.#held.length === 0) await this.sync();
    const [current, ...older] = this.#held;
    if (!current) throw new Error('the store returned no secret');
    return [current, ...older];
  }

  /**
   * Reads the store's secret, or writes ours to a store that came back empty. If another process was first, its
   * secret becomes the current one and ours stays good for the cookies it signed.
   */
  sync(): Promise<void> {
    if (this.given) return Promise.resolve();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const kept = await this.store.secret(NAME, this.#held[0] ?? randomBytes(32).toString('base64url'));
    this.#held = [kept, ...this.#held.filter((secret) => secret !== kept)];
  }
}
