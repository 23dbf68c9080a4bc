import { useEffect } from 'react';
import type { LazyPart } from './lazy-part';

declare global {
  interface Navigator {
    /** Not in Firefox and Safari. */
    readonly connection?: { readonly saveData?: boolean };
  }
}

/** Safari has no `requestIdleCallback`: a pause of this many milliseconds stands in for it. */
const PAUSE_MS = 200;

const FIRST_SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/**
 * Loads these parts while the browser is idle: one at a time, in this order, until one fails. With `afterFirstSign` only
 * once somebody has moved the pointer or pressed a key, so that a visit that ends at the first screen loads no more than
 * that screen. Never where the reader asked to save data.
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
