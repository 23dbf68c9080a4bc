import type { Scheduler } from '../browser/scheduler';

export interface ManualScheduler extends Scheduler {
  /** Moves the clock, running what falls due, in order. */
  advance(ms: number): void;
  /** Runs what waits for a frame. */
  paint(): void;
  /** How long from now the timers wait, ms, soonest first. */
  waits(): number[];
  /** Resolves once a timer waits exactly this long. */
  whenWaiting(ms: number): Promise<void>;
}

interface Timer {
  at: number;
  ms: number;
  run: () => void;
}

/**
 * The clock of a test: it stands still until it is moved. `eager`: frames, and waits up to this many ms, pass by
 * themselves as soon as the current work is done (for tests that are not about them).
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
