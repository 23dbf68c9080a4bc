export interface ModelTimeouts {
  /** For the call to the model: aborted by the caller's signal, by a timeout, and by `end`. */
  readonly signal: AbortSignal;
  /** True once the model was silent for too long. */
  readonly timedOut: () => boolean;
  /** Call this for each part of the reply that arrives. */
  received(): void;
  /** Only the token counts are missing: waits at most `ms` for them. */
  awaitUsage(ms: number): void;
  /** Ends the call, if it is still open, and the timer. */
  end(): void;
}

/** One shared abort reason: `abort()` without one builds an Error with a stack. */
const CALL_ENDED = new Error('the call to the model was ended');

/**
 * Aborts the call to a silent model: after `firstTokenMs` without a first part, then whenever `stallMs` pass without a
 * part.
 */
export function createModelTimeouts(
  caller: AbortSignal,
  { firstTokenMs, stallMs }: { firstTokenMs: number; stallMs: number },
): ModelTimeouts {
  const call = new AbortController();
  let hasTimedOut = false;
  let hasReceived = false;
  let timer = startTimer(firstTokenMs);
  const abort = () => call.abort(CALL_ENDED);
  if (caller.aborted) abort();
  else caller.addEventListener('abort', abort, { once: true });

  function startTimer(ms: number) {
    return setTimeout(() => {
      hasTimedOut = true;
      abort();
    }, ms);
  }
  function restartTimer(ms: number) {
    clearTimeout(timer);
    timer = startTimer(ms);
  }

  return {
    signal: call.signal,
    timedOut: () => hasTimedOut,
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
