import type { Scheduler } from './scheduler';

export interface Pause {
  /** Resolves after `ms`, or when `end` is called. One wait at a time. */
  wait(ms: number): Promise<void>;
  end(): void;
}

/** A wait that can be cut short. */
export function createPause(scheduler: Scheduler): Pause {
  let finish: (() => void) | null = null;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const cancel = scheduler.after(ms, () => finish?.());
        finish = () => {
          finish = null;
          cancel();
          resolve();
        };
      }),
    end: () => finish?.(),
  };
}
