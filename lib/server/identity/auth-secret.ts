import { randomBytes } from 'node:crypto';
import type { Store } from '@/lib/server/store/store';

const NAME = 'auth';

/**
 * The secrets of guest cookies: those of `AUTH_SECRET`, or one that is made once and kept in the store. It
 * stays in memory after the first read, so a store outage logs nobody out.
 */
export class AuthSecret {
  #held: string[] = [];
  #reading: Promise<void> | null = null;
  private readonly given: readonly [string, ...string[]] | null;

  constructor(
    private readonly store: Store,
    given: string | null,
  ) {
    this.given = given === null ? null : secretsOf(given);
  }

  /**
   * The secrets that a valid cookie may be signed with, the current one first.
   * @throws ChatError `store_unavailable` if the secret has not been read yet and cannot be.
   */
  async secrets(): Promise<readonly [string, ...string[]]> {
    if (this.given) return this.given;
    if (this.#held.length === 0) await this.sync();
    const [current, ...older] = this.#held;
    if (!current) throw new Error('the store returned no secret');
    return [current, ...older];
  }

  /**
   * Reads the secret from the store, or writes ours to a store that came back empty. If another process wrote
   * first, its secret becomes the current one, and ours stays valid for the cookies it signed.
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

/** The shortest secret: 96 bits in base64. */
export const SECRET_LENGTH = 16;

/**
 * The secrets in `AUTH_SECRET`, separated by commas: the first signs, all are believed. The whole value is believed too,
 * because a secret of the first release may have a comma in it; one with a part too short to be a secret is no list.
 */
export function secretsOf(value: string): readonly [string, ...string[]] {
  const [first, ...rest] = value.split(',').map((part) => part.trim());
  const parts = [first ?? value, ...rest];
  if (parts.length === 1 || parts.some((part) => part.length < SECRET_LENGTH)) return [value];
  return [first ?? value, ...rest, value];
}
