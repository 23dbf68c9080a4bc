import { useEffect } from 'react';
import type { LazyPart } from './lazy-part';

declare global {
  interface Navigator {
    /** Not in Firefox and Safari. */
    readonly connection?: { readonly saveData?: boolean };
  }
}

/** Milliseconds to wait in Safari, which has no `requestIdleCallback`. */
const PAUSE_MS = 200;

const FIRST_SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/**
 * Loads these parts while the browser is idle. With `afterFirstSign`, waits for the first pointer movement or key press,
 * so that a visit without any loads no more than the first screen. Does nothing if the browser asks to save data.
 */
export function usePrefetch(parts: readonly LazyPart<unknown>[], afterFirstSign: boolean): void {
  useEffect(() => {
    if (navigator.connection?.saveData) return;
    const leaving = new AbortController();
    const listening = new AbortController();
    const begin = () => {
      listening.abort();
      void prefetch(parts, nextIdle, leaving.signal);
    };
    if (afterFirstSign) {
      const options = { passive: true, signal: listening.signal };
      for (const sign of FIRST_SIGNS) window.addEventListener(sign, begin, options);
    } else begin();
    return () => {
      listening.abort();
      leaving.abort();
    };
  }, [parts, afterFirstSign]);
}

/** Loads the parts in this order, each once the browser is idle, until one fails or the signal aborts. */
export async function prefetch(
  parts: readonly LazyPart<unknown>[],
  idle: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  for (const part of parts) {
    await idle();
    if (signal.aborted || !(await part.load())) return;
  }
}

const nextIdle = (): Promise<unknown> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, PAUSE_MS);
  });
