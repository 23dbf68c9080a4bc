import type { Scheduler } from '../browser/scheduler';

export interface ManualScheduler extends Scheduler {
  /** Moves the clock and runs the timers that are due, in order. */
  advance(ms: number): void;
  /** Runs the pending frames. */
  paint(): void;
  /** The remaining times of the timers, ms, shortest first. */
  waits(): number[];
  /** Resolves once a timer of exactly this many ms is set. */
  whenWaiting(ms: number): Promise<void>;
}

interface Timer {
  at: number;
  ms: number;
  run: () => void;
}

/**
 * A clock that stands still until a test moves it. Frames and timers of up to `eager` ms run by themselves as
 * soon as the current work is done, for tests that are not about them.
 */
export function createManualScheduler({ eager = -1 }: { eager?: number } = {}): ManualScheduler {
  let time = 1_000_000;
  let frames: (() => void)[] = [];
  const timers = new Set<Timer>();
  const waiters = new Set<{ ms: number; resolve: () => void }>();

  const after = (ms: number, run: () => void) => {
    if (ms <= eager) {
      const soon = setImmediate(() => {
        time += ms;
        run();
      });
      return () => clearImmediate(soon);
    }
    const timer = { at: time + ms, ms, run };
    timers.add(timer);
    for (const waiter of waiters) if (waiter.ms === ms) waiter.resolve();
    return () => void timers.delete(timer);
  };

  return {
    now: () => time,
    after,
    frame(run) {
      if (eager >= 0) return after(0, run);
      frames.push(run);
      return () => {
        frames = frames.filter((one) => one !== run);
      };
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        time = next.at;
        next.run();
      }
      time = end;
    },
    paint() {
      const due = frames;
      frames = [];
      for (const run of due) run();
    },
    waits: () => [...timers].map(({ at }) => at - time).sort((a, b) => a - b),
    whenWaiting: (ms) =>
      new Promise((resolve) => {
        const waiter = { ms, resolve: () => resolve(void waiters.delete(waiter)) };
        waiters.add(waiter);
        if ([...timers].some((timer) => timer.ms === ms)) waiter.resolve();
      }),
  };
}
