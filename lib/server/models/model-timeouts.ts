export interface ModelTimeouts {
  /** For the call to the model: aborted by the caller's signal, by a timeout, and by `end`. */
  readonly signal: AbortSignal;
  /** True once the model was silent for too long. */
  readonly timedOut: () => boolean;
  /** Call this for each part of the reply that arrives. */
  received(): void;
  /** Call this when only the token counts are missing: they are waited for at most this many milliseconds. */
  awaitUsage(ms: number): void;
  /** Ends the call, if it is still open, and the timer. */
  end(): void;
}

/**
 * Made once: without a reason, every abort creates an error with a stack, and every turn ends with an abort.
 */
const CALL_ENDED = new Error('the call to the model was ended');

/**
 * Aborts the call to a silent model: after `firstTokenMs` without any text, then after `stallMs` between two
 * parts.
 */
export function createModelTimeouts(
  caller: AbortSignal,
  { firstTokenMs, stallMs }: { firstTokenMs: number; stallMs: number },
): ModelTimeouts {
  const call = new AbortController();
  let timedOut = false;
  let hasReceived = false;
  let timer = startTimer(firstTokenMs);
  const abort = () => call.abort(CALL_ENDED);
  if (caller.aborted) abort();
  else caller.addEventListener('abort', abort, { once: true });

  function startTimer(ms: number) {
    return setTimeout(() => {
      timedOut = true;
      abort();
    }, ms);
  }
  function restartTimer(ms: number) {
    clearTimeout(timer);
    timer = startTimer(ms);
  }

  return {
    signal: call.signal,
    timedOut: () => timedOut,
    received() {
      if (hasReceived) timer.refresh();
      else restartTimer(stallMs);
      hasReceived = true;
    },
    awaitUsage: (ms) => restartTimer(Math.min(ms, stallMs)),
    end() {
      clearTimeout(timer);
      caller.removeEventListener('abort', abort);
      abort();
    },
  };
}
