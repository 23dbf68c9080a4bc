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
 * Loads these parts while the browser is idle: one at a time, in this order, until one fails. With `afterFirstSign`, waits
 * for the first pointer movement or key press, so that a visit without any loads no more than the first screen. Does
 * nothing if the browser asks to save data.
 */
export function usePrefetch(parts: readonly LazyPart<unknown>[], afterFirstSign: boolean): void {
  useEffect(() => {
    if (navigator.connection?.saveData) return;
    let cancelled = false;
    const next = async (index: number) => {
      const part = parts[index];
      if (!part) return;
      await idle();
      if (!cancelled && (await part.load())) void next(index + 1);
    };
    const stopListening = () => {
      for (const sign of FIRST_SIGNS) window.removeEventListener(sign, begin);
    };
    const begin = () => {
      stopListening();
      void next(0);
    };
    if (afterFirstSign)
      for (const sign of FIRST_SIGNS) window.addEventListener(sign, begin, { passive: true });
    else begin();
    return () => {
      cancelled = true;
      stopListening();
    };
  }, [parts, afterFirstSign]);
}

const idle = (): Promise<unknown> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, PAUSE_MS);
  });
