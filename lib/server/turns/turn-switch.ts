import { log, reasonOf } from '@/lib/server/log';
import type { Store } from '@/lib/server/store/store';

const SETTING = 'turns-paused-since';
/** How long another process may go on beginning turns after the switch was thrown. */
const FRESH_MS = 3_000;

/**
 * Whether new turns may begin: the owner's stop switch. It is in the store, so that all processes obey. Each reads it at
 * most every three seconds, and only when a turn begins.
 */
export class TurnSwitch {
  #since: number | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(
    private readonly store: Pick<Store, 'setting' | 'putSetting'>,
    /** False where nobody can throw it, which spares the store the question. */
    private readonly exists: boolean,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Since when new turns are refused, ms since the epoch; null: they may begin. */
  async pausedSince(): Promise<number | null> {
    if (!this.exists) return null;
    if (this.clock() - this.#readAt >= FRESH_MS) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
    return this.#since;
  }

  async pause(): Promise<void> {
    const since = (await this.pausedSince()) ?? this.clock();
    await this.store.putSetting(SETTING, String(since));
    this.#keep(since);
  }

  async resume(): Promise<void> {
    await this.store.putSetting(SETTING, null);
    this.#keep(null);
  }

  /** A store that fails changes nothing: what was last read holds, and the begin will say what is wrong. */
  async #read(): Promise<void> {
    try {
      const value = await this.store.setting(SETTING);
      this.#keep(value === null ? null : Number(value));
    } catch (error) {
      log('warn', 'turn_switch_not_read', { reason: reasonOf(error) });
    }
  }

  #keep(since: number | null): void {
    this.#since = since;
    this.#readAt = this.clock();
  }
}
