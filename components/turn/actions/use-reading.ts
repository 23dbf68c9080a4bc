import { useEffect, useSyncExternalStore } from 'react';

/** The turn that is being read aloud: at most one. */
let current: { turnId: string; end: () => void } | null = null;
const listeners = new Set<() => void>();

function setCurrent(next: typeof current): void {
  current = next;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** False in browsers and web views without speech synthesis. */
export const canReadAloud = (): boolean => 'speechSynthesis' in window;

/** Whether this turn is being read aloud. Reading stops when the turn leaves the page. */
export function useReading(turnId: string): boolean {
  useEffect(
    () => () => {
      if (current?.turnId === turnId) stopReading();
    },
    [turnId],
  );
  return useSyncExternalStore(
    subscribe,
    () => current?.turnId === turnId,
    () => false,
  );
}

export function stopReading(): void {
  current?.end();
  setCurrent(null);
}

/** Marks a turn as being read, and stops the one before. Call the returned function when its reading has ended. */
export function beginReading(turnId: string, end: () => void): () => void {
  stopReading();
  const reading = { turnId, end };
  setCurrent(reading);
  return () => {
    if (current === reading) setCurrent(null);
  };
}
