import { log, reasonOf } from '@/lib/server/log';
import type { Store } from '@/lib/server/store/store';

/** How old a measurement may be, ms. */
const MEASURE_EVERY_MS = 10_000;

/**
 * Whether the store has reached the size that the settings allow. The size is measured in the background, so that no
 * request waits for it. In between, this process adds what it writes, so only other processes can exceed the limit
 * meanwhile.
 */
export class StorageGauge {
  #bytes = 0;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #measuring: Promise<void> | null = null;
  /** What `addOnce` has added since the last measurement. */
  readonly #added = new Set<string>();

  constructor(
    private readonly store: Pick<Store, 'storedBytes'>,
    private readonly most: number | null,
    private readonly clock: () => number = Date.now,
  ) {}

  isFull(): boolean {
    if (this.most === null) return false;
    if (this.clock() - this.#measuredAt >= MEASURE_EVERY_MS) void this.measure();
    return this.#bytes >= this.most;
  }

  /** Adds what this process is about to write. */
  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /**
   * The same for an image, which is stored once however often it is sent: it is added once between two measurements.
   * Returns a function that subtracts it again, if it is not stored.
   */
  addOnce(id: string, bytes: number): () => void {
    if (this.most === null || this.#added.has(id)) return () => {};
    this.#added.add(id);
    this.add(bytes);
    return () => {
      if (this.#added.delete(id)) this.add(-bytes);
    };
  }

  /** Never rejects. While the store is unreachable, the last measurement counts. */
  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = null;
    });
    return this.#measuring;
  }

  async #measure(): Promise<void> {
    if (this.most === null) return;
    try {
      const bytes = await this.store.storedBytes();
      if (bytes === null && this.#measuredAt === Number.NEGATIVE_INFINITY)
        log('warn', 'storage_not_limited', { reason: 'the store does not say how much it holds' });
      this.#bytes = bytes ?? 0;
      this.#added.clear();
    } catch (error) {
      log('warn', 'storage_not_measured', { reason: reasonOf(error) });
    }
    this.#measuredAt = this.clock();
  }
}
