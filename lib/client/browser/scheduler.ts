export type Cancel = () => void;

/** The clock, in one place, so that a test can be the clock. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  now(): number;
  after(ms: number, run: () => void): Cancel;
  /** Before the next paint; in a hidden document, which does not paint, soon. */
  frame(run: () => void): Cancel;
}

/** A hidden document gets no animation frames: how often it is looked at whether this one is, ms. */
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
    // The document may be hidden between now and the frame. A slow frame is waited for: more than one commit in it would
    // be work that nobody sees.
    const check = () => {
      if (document.hidden) once();
      else timer = setTimeout(check, HIDDEN_CHECK_MS);
    };
    let timer = setTimeout(check, HIDDEN_CHECK_MS);
    return cancel;
  },
};
