export interface ModelTimeouts {
  /** For the call to the model: aborted by the caller's signal, by silence, and by `end`. */
  readonly signal: AbortSignal;
  /** True once the model was silent for too long. */
  readonly lost: () => boolean;
  /** A sign of life: text came. */
  heard(): void;
  /** The reply is complete but for its counts: wait no longer than this many milliseconds for the rest. */
  linger(ms: number): void;
  /** Closes what may still be open. */
  end(): void;
}

/** Made once: without a reason each abort makes an error of its own, its stack included, and every turn ends with one. */
const LEFT = new Error('the call to the model was left');

/** Waits for a model: `firstTokenMs` for its first text, `stallMs` between any two, with one timer for all of it. */
export function createModelTimeouts(
  caller: AbortSignal,
  { firstTokenMs, stallMs }: { firstTokenMs: number; stallMs: number },
): ModelTimeouts {
  const call = new AbortController();
  let lost = false;
  let begun = false;
  let timer = wait(firstTokenMs);
  const leave = () => call.abort(LEFT);
  if (caller.aborted) leave();
  else caller.addEventListener('abort', leave, { once: true });

  function wait(ms: number) {
    return setTimeout(() => {
      lost = true;
      call.abort(LEFT);
    }, ms);
  }
  function restart(ms: number) {
    clearTimeout(timer);
    timer = wait(ms);
  }

  return {
    signal: call.signal,
    lost: () => lost,
    heard() {
      if (begun) timer.refresh();
      else restart(stallMs);
      begun = true;
    },
    linger: (ms) => restart(Math.min(ms, stallMs)),
    end() {
      clearTimeout(timer);
      caller.removeEventListener('abort', leave);
      call.abort(LEFT);
    },
  };
}
