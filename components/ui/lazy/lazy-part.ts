import { useEffect, useSyncExternalStore } from 'react';
import type { Failure } from '@/lib/chat/strings/failure-text';
import { useNotices } from '../../notices/notices';

/** A part of the page in its own script, loaded when it is wanted or, before that, while the browser is idle. */
export class LazyPart<T> {
  /** null until it has loaded. */
  value: T | null = null;
  /** True once the first attempt to load it has ended, whether it succeeded or not. */
  wasTried = false;
  private loading: Promise<T | null> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly source: () => Promise<T>) {}

  /** Loads it once. Never rejects: resolves with null if loading failed, and the next call tries again. */
  readonly load = (): Promise<T | null> => {
    this.loading ??= this.source().then(
      (value) => this.end(value),
      // The connection broke, or the page is older than the server and the script is gone.
      () => {
        this.loading = null;
        return this.end(null);
      },
    );
    return this.loading;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private end(value: T | null): T | null {
    this.value = value;
    this.wasTried = true;
    for (const listener of [...this.listeners]) listener();
    return value;
  }
}

/** The part, or null until it has loaded. While `wanted` it is loaded, and tried again when the network is back. */
export function useLazyPart<T>(part: LazyPart<T>, isWanted = true): T | null {
  const value = useSyncExternalStore(part.subscribe, () => part.value, nothing);
  useEffect(() => {
    if (!isWanted || value) return;
    void part.load();
    window.addEventListener('online', part.load);
    return () => window.removeEventListener('online', part.load);
  }, [part, isWanted, value]);
  return value;
}

/**
 * As `useLazyPart`, for what a person opens: a load that fails is reported like a failed call, and `giveUp` is called.
 */
export function useRequestedPart<T>(part: LazyPart<T>, isWanted: boolean, giveUp: () => void): T | null {
  const { report } = useNotices();
  const value = useLazyPart(part, isWanted);
  useEffect(() => {
    if (!isWanted || value) return;
    let isCancelled = false;
    void part.load().then((loaded) => {
      if (isCancelled || loaded) return;
      giveUp();
      report(Promise.resolve({ ok: false, error: loadFailure() }));
    });
    return () => {
      isCancelled = true;
    };
  }, [part, isWanted, value, giveUp, report]);
  return value;
}

/** Whether the first attempt to load the part has ended. */
export const useLoadAttempted = (part: LazyPart<unknown>): boolean =>
  useSyncExternalStore(part.subscribe, () => part.wasTried, no);

/** The reason to show for a part that did not load: the same as for a failed call. */
export const loadFailure = (): Failure => ({ code: navigator.onLine ? 'network' : 'offline' });

const nothing = () => null;
const no = () => false;
