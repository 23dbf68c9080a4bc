import type { Store } from './store';

const IDLE_MS = 60_000;
const BUSY_MS = 1_000;

/**
 * Sweeps the store for the lifetime of the process: once a second while there is something to delete,
 * otherwise once a minute. Failures are retried silently, because other calls report them.
 */
export function keepSwept(store: Pick<Store, 'sweep'>, clock: () => number = Date.now): void {
  const sweepIn = (ms: number) => setTimeout(step, ms).unref();
  const step = () =>
    void store.sweep({ now: clock() }).then(
      (hasMore) => sweepIn(hasMore ? BUSY_MS : IDLE_MS),
      () => sweepIn(IDLE_MS),
    );
  sweepIn(BUSY_MS);
}
