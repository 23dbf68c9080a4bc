import { randomBytes } from 'node:crypto';
import { ChatError } from '@/lib/chat/chat-error';
import { log, neverLog } from '@/lib/server/log';
import type { Store } from '@/lib/server/store/store';

/** The name of the secret in the store. */
const NAME = 'auth';
/**
 * The setting that records when the store was first found without a secret, so that the wait
 * continues across restarts.
 */
const MISSING_SINCE = 'secret-missing-since';
/** A recorded wait older than this belongs to an earlier loss. */
const WAIT_IS_OLD_MS = 10 * 60_000;

/**
 * How often a process checks that the store still has the secret. The read also keeps the key recently used,
 * because Redis evicts the least recently used keys first. Upstash bills each command and does not evict by
 * default.
 */
const CHECK_EVERY_MS = { redis: 5_000, sqlite: 5_000, upstash: 20_000 } as const;
/** A process without the secret waits this many check intervals for the others before it makes a new one. */
const WAIT_CHECKS = 4;

/**
 * The secrets that sign guest cookies: those of `AUTH_SECRET`, and one that the server makes and keeps in the
 * store.
 *
 * Guests keep access to every conversation that is still stored, even if the store loses the secret:
 * - A process keeps the secret it has read, and writes it back if the store loses it.
 * - If the store has conversations but no secret, a process without one first gives the others time to write
 *   theirs back. Until then, no new guest is created.
 * - A copy is kept with the devices of each owner (`Store.ownerSecrets`), so that a cookie can be verified as
 *   long as anything of its owner is stored.
 */
export class AuthSecret {
  /** The secrets that the server made, the current one first. */
  #made: string[] = [];
  #reading: Promise<void> | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  /** When the wait for a lost secret ends; null if the secret is not missing. */
  #waitEndsAt: number | null = null;
  #putBackLoggedAt = Number.NEGATIVE_INFINITY;
  /** Whether the secret has been read from the store, even if there was none. */
  #hasRead = false;
  /** Whether a new secret was made for a store that had conversations. */
  #wasReplaced = false;
  private readonly given: readonly [string, ...string[]] | null;

  constructor(
    private readonly store: Store,
    given: string | null,
    private readonly clock: () => number = Date.now,
  ) {
    this.given = given === null ? null : secretsOf(given);
  }

  /** Reads the secret now, and from then on checks regularly that the store still has it. */
  start(): void {
    const check = () => {
      // Callers of `secrets` get the error.
      this.sync().catch(() => undefined);
      // The store has no secret to protect: every cookie is signed with `AUTH_SECRET`.
      if (this.given && this.#hasRead && this.#made.length === 0) this.stop();
    };
    this.#timer = setInterval(check, this.#checkEveryMs);
    this.#timer.unref();
    check();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** The store has conversations but no secret: guests cannot be recognised, and no new guest is created. */
  get isMissing(): boolean {
    return this.#waitEndsAt !== null;
  }

  /** The secret was lost and no process had a copy: guests with nothing stored become new guests. */
  get wasReplaced(): boolean {
    return this.#wasReplaced;
  }

  /** The secrets that the server made, which are copied to each owner's devices. */
  get made(): readonly string[] {
    return this.#made;
  }

  /**
   * The secrets that a valid cookie may be signed with, the current one first.
   * @throws ChatError `store_unavailable` if there is none, because the store is unreachable or has lost it.
   */
  async secrets(): Promise<readonly [string, ...string[]]> {
    if (this.given) return [...this.given, ...this.#made];
    const [current, ...older] = await this.believed();
    if (!current) throw this.#missing();
    return [current, ...older];
  }

  /**
   * Like `secrets`, but empty while the secret is missing.
   * @throws ChatError `store_unavailable` if the store has not been read yet and is unreachable.
   */
  async believed(): Promise<readonly string[]> {
    if (this.given) return this.secrets();
    const isWaiting = this.#waitEndsAt !== null && this.clock() < this.#waitEndsAt;
    if (this.#made.length === 0 && !isWaiting) await this.sync().catch(this.#ignoreMissing);
    return this.#made;
  }

  /**
   * Other secrets that may have signed a cookie of this owner: the one in the store, and the copies kept with
   * the owner's devices.
   * @throws ChatError `store_unavailable`
   */
  async candidates(owner: string): Promise<readonly string[]> {
    // Some cookies may have been signed before `AUTH_SECRET` was set.
    if (!this.#hasRead) await this.sync().catch(this.#ignoreMissing);
    return [...this.#made, ...(await this.store.ownerSecrets(owner))];
  }

  /** Accepts a candidate that has signed a cookie. If the secret was missing, this is it. */
  async believe(secret: string): Promise<void> {
    if (this.#made.includes(secret)) return;
    this.#made.push(secret);
    if (!this.isMissing) return;
    log('warn', 'secret_found', { where: 'with the devices of a guest' });
    // If a read was already running, the next check writes the secret back.
    await this.sync().catch(this.#ignoreMissing);
  }

  /**
   * Reads the secret from the store, or writes ours if the store has none. If another process wrote first,
   * its secret becomes the current one, and ours stays valid for the cookies that it has signed.
   * @throws ChatError `store_unavailable`, with the reason `secret_missing` if the store has lost the secret.
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
    // If this fails, the wait after another loss within the next minutes is shorter.
    await this.store.putSetting(MISSING_SINCE, null).catch(() => undefined);
  }

  /** Logs at most once a minute, because a full Redis may evict the secret between any two checks. */
  #logPutBack(): void {
    const now = this.clock();
    if (now - this.#putBackLoggedAt < 60_000) return;
    this.#putBackLoggedAt = now;
    log('warn', 'secret_put_back', { advice: ADVICE });
  }

  /** Makes the first secret of a new store, or a replacement if no process has written the lost one back. */
  async #make(): Promise<string> {
    const candidate = randomBytes(32).toString('base64url');
    if (!this.isMissing && !(await this.store.mayHoldOwners())) return this.store.secret(NAME, candidate);
    await this.#wait();
    log('error', 'secret_replaced', { advice: ADVICE });
    this.#wasReplaced = true;
    return this.store.secret(NAME, candidate);
  }

  /** @throws ChatError `store_unavailable` while another process may still write the secret back. */
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
 * The secrets in `AUTH_SECRET`, separated by commas: the first signs, all are accepted. The whole value is accepted too,
 * because a secret of the first release may have a comma in it; one with a part too short to be a secret is no list.
 */
export function secretsOf(value: string): readonly [string, ...string[]] {
  const [first, ...rest] = value.split(',').map((part) => part.trim());
  const parts = [first ?? value, ...rest];
  if (parts.length === 1 || parts.some((part) => part.length < SECRET_LENGTH)) return [value];
  return [first ?? value, ...rest, value];
}
