import { useEffect, useSyncExternalStore } from 'react';
import type { Failure } from '@/lib/chat/strings/failure-text';

/** A part of the page in a file of its own, fetched when it is needed. */
export class Later<T> {
  /** null until it is here. */
  part: T | null = null;
  /** Whether a first try has ended, well or not. */
  settled = false;
  private loading: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly source: () => Promise<T>) {}

  /** Fetches it, once. Never rejects: if that fails, the next that asks tries again. */
  readonly load = (): Promise<void> => {
    this.loading ??= this.source().then(
      (part) => {
        this.part = part;
        this.end();
      },
      // A connection that broke, or a page older than the server.
      () => {
        this.loading = null;
        this.end();
      },
    );
    return this.loading;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private end(): void {
    this.settled = true;
    for (const listener of [...this.listeners]) listener();
  }
}

/** The part, fetched if it is `wanted` and not here, again when the network is back; null until it is here. */
export function usePart<T>(later: Later<T>, wanted = true): T | null {
  const part = useSyncExternalStore(later.subscribe, () => later.part, nothing);
  useEffect(() => {
    if (!wanted || part) return;
    void later.load();
    window.addEventListener('online', later.load);
    return () => window.removeEventListener('online', later.load);
  }, [later, wanted, part]);
  return part;
}

/** Whether it is known by now if the part can be had. */
export const usePartSettled = (later: Later<unknown>): boolean =>
  useSyncExternalStore(later.subscribe, () => later.settled, no);

/** What to say of a part that did not arrive: the same as of a call. */
export const notArrived = (): Failure => ({ code: navigator.onLine ? 'network' : 'offline' });

const nothing = () => null;
const no = () => false;
