import type { TurnRef } from '@/lib/server/store/store';

/** More sends than wait in the outboxes of a server's guests during an outage. */
const MOST = 1_000;

/**
 * The lease tokens of begins that the store did not answer. Such a begin may have come through all the same, and its
 * turn then waits for a producer that never was: the same turn sent again comes with the same token, which the store
 * takes for the same begin. Handed out once, so that two sends of one turn never produce it twice.
 */
export class UnansweredBegins {
  readonly #tokens = new Map<string, string>();

  keep(ref: TurnRef, token: string): void {
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= MOST && oldest !== undefined) this.#tokens.delete(oldest);
    this.#tokens.set(keyOf(ref), token);
  }

  take(ref: TurnRef): string | undefined {
    const key = keyOf(ref);
    const token = this.#tokens.get(key);
    this.#tokens.delete(key);
    return token;
  }
}

export const keyOf = (ref: TurnRef): string => JSON.stringify([ref.owner, ref.sessionId, ref.turnId]);
