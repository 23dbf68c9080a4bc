import type { StoreReason } from '@/lib/chat/errors';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import { log, reasonOf } from '@/lib/server/log';
import type { Store } from '@/lib/server/store/store';
import { storeReasonOf } from '@/lib/server/store/store-error';
import type { StorePulse } from '@/lib/server/store-pulse';

/** How long the result of one check is used. */
const FRESH_MS = 3_000;
/** The same if a later call to the store contradicts the result. */
const DOUBTFUL_MS = 1_000;

const ADVICE: Record<StoreWarning, string> = {
  evicts:
    'Redis deletes conversations when its memory is full. Set its maxmemory-policy to noeviction, and AUTH_SECRET here.',
  not_persisted:
    'The store keeps nothing on disk, so its restart loses every conversation. For Redis, turn on appendonly.',
  too_old: 'Confab is tested on Redis 6.0 and newer.',
  secret_replaced: 'Set AUTH_SECRET, so that guests do not depend on a key that the store may lose.',
};

export interface StoreHealth {
  ok: boolean;
  /** Why it is not `ok`. */
  reason?: StoreReason;
  /** How long the check took. */
  latencyMs: number;
  /** False: everything is lost when the store restarts. */
  durable: boolean;
  warnings: StoreWarning[];
}

/**
 * Whether the store works. A check writes to the store, and anyone can request one, so its result is cached
 * for a few seconds.
 */
export class HealthCheck {
  #last: StoreHealth | null = null;
  #checkedAt = 0;
  #running: Promise<StoreHealth> | null = null;

  constructor(
    private readonly store: Store,
    private readonly pulse: StorePulse,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Never rejects. */
  async read(): Promise<StoreHealth> {
    if (this.#last && this.clock() - this.#checkedAt < this.#freshMs(this.#last)) return this.#last;
    this.#running ??= this.#check().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  #freshMs({ ok }: StoreHealth): number {
    return ok === this.pulse.isFailing ? DOUBTFUL_MS : FRESH_MS;
  }

  async #check(): Promise<StoreHealth> {
    const startedAt = this.clock();
    const failure = await this.store.check().then(
      () => undefined,
      (error: unknown) => ({ reason: storeReasonOf(error), cause: reasonOf(error) }),
    );
    const latencyMs = Math.round((this.clock() - startedAt) * 10) / 10;
    const warnings = failure ? this.#lastWarnings : await this.#readWarnings();
    const health: StoreHealth = {
      ok: failure === undefined,
      reason: failure?.reason,
      latencyMs,
      durable: this.store.durable && !warnings.includes('not_persisted'),
      warnings,
    };
    this.#logChanges(health, failure?.cause);
    this.#last = health;
    this.#checkedAt = this.clock();
    return health;
  }

  get #lastWarnings(): StoreWarning[] {
    return this.#last?.warnings ?? [];
  }

  /** Those of the last check if the store does not answer. */
  #readWarnings(): Promise<StoreWarning[]> {
    return this.store.warnings().catch(() => this.#lastWarnings);
  }

  #logChanges({ ok, reason, warnings }: StoreHealth, cause: string | undefined): void {
    const { driver } = this.store;
    if (!ok && this.#last?.reason !== reason) log('error', 'store_unhealthy', { driver, reason: cause });
    if (ok && this.#last?.ok === false) log('info', 'store_healthy', { driver });
    for (const warning of warnings)
      if (!this.#lastWarnings.includes(warning))
        log('warn', 'store_warning', { driver, warning, advice: ADVICE[warning] });
  }
}
