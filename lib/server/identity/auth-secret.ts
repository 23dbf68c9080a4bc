import { randomBytes } from 'node:crypto';
import { ChatError } from '@/lib/chat/chat-error';
import { log, neverLog } from '@/lib/server/log';
import type { Store } from '@/lib/server/store/store';

/** The name of the secret in the store. */
const NAME = 'auth';
/** The setting that says since when the store has had no secret, so that the wait goes on across processes. */
const MISSING_SINCE = 'secret-missing-since';
/** A wait that began longer ago belongs to an earlier loss. */
const WAIT_IS_OLD_MS = 10 * 60_000;

/**
 * How often the store is asked whether it still has the secret. That also keeps the secret from being the key that was
 * read longest ago, which Redis evicts first. Upstash counts commands, and does not evict unless told to.
 */
const CHECK_EVERY_MS = { redis: 5_000, sqlite: 5_000, upstash: 20_000 } as const;
/** How many checks of the other processes a process that lacks the secret waits before it makes a new one. */
const WAIT_CHECKS = 4;

/**
 * The secrets of guest cookies: those of `AUTH_SECRET`, and one that the server made itself and keeps in the store.
 *
 * Whatever happens to the store, no guest becomes a stranger to conversations that are still there:
 * - A process stays with the secret it has read, and puts it back into a store that has lost it.
 * - A process that has none, on a store with conversations, makes no new one before the others have had time to put theirs
 *   back. Until then nobody new is signed.
 * - The devices of an owner have a copy (`Store.ownerSecrets`), so that a cookie can be checked as long as its owner has
 *   anything.
 */
export class AuthSecret {
  /** Those that the server made, the current one first. */
  #made: string[] = [];
  #reading: Promise<void> | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  /** When the wait for a lost secret ends; null: none is missed. */
  #waitEndsAt: number | null = null;
  #putBackLoggedAt = Number.NEGATIVE_INFINITY;
  /** The store has answered whether it has a secret. */
  #hasRead = false;
  /** A new secret was made although there were conversations. */
  #wasReplaced = false;
  private readonly given: readonly [string, ...string[]] | null;

  constructor(
    private readonly store: Store,
    given: string | null,
    private readonly clock: () => number = Date.now,
  ) {
    this.given = given === null ? null : secretsOf(given);
  }

  /** Reads the secret now, and checks from then on that the store still has it. */
  start(): void {
    const check = () => {
      // Whoever needs it learns of a failure from `secrets`.
      this.sync().catch(() => undefined);
      // Nothing to keep: guests are signed with `AUTH_SECRET`, and never were with anything else.
      if (this.given && this.#hasRead && this.#made.length === 0) this.stop();
    };
    this.#timer = setInterval(check, this.#checkEveryMs);
    this.#timer.unref();
    check();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** The store has conversations and no secret, so guests cannot be recognised, and nobody new is signed. */
  get isMissing(): boolean {
    return this.#waitEndsAt !== null;
  }

  /** The secret was lost and nobody put it back, so guests who have nothing stored are new ones. */
  get wasReplaced(): boolean {
    return this.#wasReplaced;
  }

  /** Those that the server made itself: a copy of them is kept with each owner's devices. */
  get made(): readonly string[] {
    return this.#made;
  }

  /**
   * The secrets that a valid cookie may be signed with, the current one first.
   * @throws ChatError `store_unavailable` if there is none because the store cannot be read or has lost it.
   */
  async secrets(): Promise<readonly [string, ...string[]]> {
    if (this.given) return [...this.given, ...this.#made];
    const [current, ...older] = await this.believed();
    if (!current) throw this.#missing();
    return [current, ...older];
  }

  /**
   * As `secrets`, but empty while the secret is missing.
   * @throws ChatError `store_unavailable` if the store has not been read yet and cannot be.
   */
  async believed(): Promise<readonly string[]> {
    if (this.given) return this.secrets();
    const isWaiting = this.#waitEndsAt !== null && this.clock() < this.#waitEndsAt;
    if (this.#made.length === 0 && !isWaiting) await this.sync().catch(this.#ignoreMissing);
    return this.#made;
  }

  /**
   * Other secrets that may have signed a cookie of this owner: what the store has, and the copies with the owner's devices.
   * @throws ChatError `store_unavailable`
   */
  async candidates(owner: string): Promise<readonly string[]> {
    // With `AUTH_SECRET`, cookies may be left that were signed before it was set.
    if (!this.#hasRead) await this.sync().catch(this.#ignoreMissing);
    return [...this.#made, ...(await this.store.ownerSecrets(owner))];
  }

  /** A candidate has signed a cookie: it is believed from now on, and is the one that was missing. */
  async believe(secret: string): Promise<void> {
    if (this.#made.includes(secret)) return;
    this.#made.push(secret);
    if (!this.isMissing) return;
    log('warn', 'secret_found', { where: 'with the devices of a guest' });
    // A read that had begun before does not know of it yet: the next check puts it back.
    await this.sync().catch(this.#ignoreMissing);
  }

  /**
   * Reads the secret from the store, or writes ours to a store that has none. If another process wrote first, its secret
   * becomes the current one, and ours stays valid for the cookies it signed.
   * @throws ChatError `store_unavailable`, with the reason `secret_missing` if the store has lost it.
   */
  sync(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    let kept = await this.store.readSecret(NAME);
    this.#hasRead = true;
    const [ours] = this.#made;
    if (kept === null && ours !== undefined) {
      kept = await this.store.secret(NAME, ours);
      if (kept === ours) this.#logPutBack();
    }
    if (kept === null && this.given) return;
    kept ??= await this.#make();
    neverLog([kept]);
    this.#made = [kept, ...this.#made.filter((secret) => secret !== kept)];
    if (!this.isMissing) return;
    this.#waitEndsAt = null;
    if (kept !== ours) log('warn', 'secret_found', { where: 'in the store' });
    // If that fails, the next loss is waited for less, or not at all if it comes soon.
    await this.store.putSetting(MISSING_SINCE, null).catch(() => undefined);
  }

  /** Once a minute at most: a full Redis may lose the secret at every check. */
  #logPutBack(): void {
    const now = this.clock();
    if (now - this.#putBackLoggedAt < 60_000) return;
    this.#putBackLoggedAt = now;
    log('warn', 'secret_put_back', { advice: ADVICE });
  }

  /** Makes the secret of a new store, or a new one of a store to which nobody has brought it back. */
  async #make(): Promise<string> {
    const candidate = randomBytes(32).toString('base64url');
    if (!this.isMissing && !(await this.store.mayHoldOwners())) return this.store.secret(NAME, candidate);
    await this.#wait();
    log('error', 'secret_replaced', { advice: ADVICE });
    this.#wasReplaced = true;
    return this.store.secret(NAME, candidate);
  }

  /** @throws ChatError `store_unavailable` as long as another process may still bring the secret back. */
  async #wait(): Promise<void> {
    const now = this.clock();
    if (this.#waitEndsAt === null) {
      log('error', 'secret_missing', { advice: ADVICE });
      const noted = Number((await this.store.setting(MISSING_SINCE)) ?? 0);
      const since = noted > now - WAIT_IS_OLD_MS && noted <= now ? noted : now;
      this.#waitEndsAt = since + WAIT_CHECKS * this.#checkEveryMs;
      if (since === now) await this.store.putSetting(MISSING_SINCE, String(now));
    }
    if (now < this.#waitEndsAt) throw this.#missing();
  }

  get #checkEveryMs(): number {
    return CHECK_EVERY_MS[this.store.driver];
  }

  #missing(): ChatError {
    return new ChatError('store_unavailable', {
      reason: 'secret_missing',
      retryAfterMs: Math.max(1_000, (this.#waitEndsAt ?? 0) - this.clock()),
    });
  }

  readonly #ignoreMissing = (error: unknown): void => {
    if (!this.isMissing) throw error;
  };
}

const ADVICE =
  'The secret that signs guest cookies was not in the store. Set AUTH_SECRET, so that it does not depend on the store; guests keep their conversations.';

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
