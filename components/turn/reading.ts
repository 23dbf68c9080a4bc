import { useEffect, useSyncExternalStore } from 'react';

/** The turn that is being read aloud; one at a time. */
let current: { turnId: string; end: () => void } | null = null;
const listeners = new Set<() => void>();

function become(next: typeof current): void {
  current = next;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Not in every browser, and not in every web view. */
export const canRead = (): boolean => 'speechSynthesis' in window;

/** Whether this turn is being read aloud. What is read falls silent when its turn leaves the screen. */
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
  become(null);
}

/** A turn begins to be read, in place of another. Returns what tells that it is over. */
export function beginReading(turnId: string, end: () => void): () => void {
  stopReading();
  const reading = { turnId, end };
  become(reading);
  return () => {
    if (current === reading) become(null);
  };
}
