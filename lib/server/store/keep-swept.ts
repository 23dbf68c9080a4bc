import type { Store } from './store';

const IDLE_MS = 60_000;
const BUSY_MS = 1_000;

/**
 * Sweeps the store for as long as the process lives: a step a second while there is something to delete, else one a
 * minute. A step that fails is made again; whoever uses the store meanwhile reports why.
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
