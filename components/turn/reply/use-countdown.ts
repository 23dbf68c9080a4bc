import { useEffect, useState } from 'react';
import type { Turn, TurnError } from '@/lib/chat/turn';

const TICK_MS = 1_000;

/** A turn's error as it is now: its `retryAfterMs` gets less every second, down to 0. */
export function useCountdown({ error, updatedAt }: Turn): TurnError | undefined {
  const wait = error?.retryAfterMs ?? 0;
  const [left, setLeft] = useState(() => leftOf(wait, updatedAt));

  useEffect(() => {
    if (wait === 0) return;
    // Without the clock of the computer, which may be set meanwhile.
    const end = performance.now() + leftOf(wait, updatedAt);
    const tick = () => {
      const rest = Math.max(0, end - performance.now());
      setLeft(rest);
      if (rest === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, TICK_MS);
    tick();
    return () => clearInterval(timer);
  }, [wait, updatedAt]);

  return error && wait > 0 ? { ...error, retryAfterMs: Math.min(left, wait) } : error;
}

/** `since` is a time of the server, whose clock may differ: no less than nothing has passed, and no more than all. */
const leftOf = (wait: number, since: number): number =>
  wait - Math.min(Math.max(Date.now() - since, 0), wait);
