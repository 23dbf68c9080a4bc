export type Cancel = () => void;

/** The clock and the timers, which a test replaces with its own. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  now(): number;
  after(ms: number, run: () => void): Cancel;
  /** Runs before the next paint; in a hidden document, which does not paint, within 100 ms. */
  frame(run: () => void): Cancel;
}

/** A hidden document gets no animation frames: how often a pending frame checks for that, ms. */
const HIDDEN_CHECK_MS = 100;

export const browserScheduler: Scheduler = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  frame(run) {
    const cancel = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    const once = () => {
      cancel();
      run();
    };
    const frame = requestAnimationFrame(once);
    // The document may become hidden before the frame. While it is visible, a slow frame is waited for:
    // running earlier would do work that is never painted.
    const check = () => {
      if (document.hidden) once();
      else timer = setTimeout(check, HIDDEN_CHECK_MS);
    };
    let timer = setTimeout(check, HIDDEN_CHECK_MS);
    return cancel;
  },
};
