import { type ComponentType, useEffect, useState } from 'react';
import { useNotices } from '../notices/notices';

/** A part of the page that is fetched when it is first wanted, once. */
export interface OnDemand<P> {
  /** null until it is here. */
  component: ComponentType<P> | null;
  /** Rejects if it does not arrive; asked again, it tries again. */
  load(): Promise<void>;
}

export function onDemand<P>(fetchPart: () => Promise<ComponentType<P>>): OnDemand<P> {
  let loading: Promise<void> | null = null;
  const part: OnDemand<P> = {
    component: null,
    load() {
      loading ??= fetchPart().then(
        (component) => {
          part.component = component;
        },
        (error: unknown) => {
          loading = null;
          throw error;
        },
      );
      return loading;
    },
  };
  return part;
}

/**
 * The part, once it is wanted and here. One that does not arrive is said like a call that failed, and `giveUp` tells
 * that it is not coming.
 */
export function useOnDemand<P>(
  part: OnDemand<P>,
  wanted: boolean,
  giveUp: () => void,
): ComponentType<P> | null {
  const { report } = useNotices();
  const [, setArrived] = useState(false);
  useEffect(() => {
    if (!wanted || part.component) return;
    let isOver = false;
    part.load().then(
      () => {
        if (!isOver) setArrived(true);
      },
      () => {
        if (isOver) return;
        giveUp();
        report(Promise.resolve({ ok: false, error: { code: navigator.onLine ? 'network' : 'offline' } }));
      },
    );
    return () => {
      isOver = true;
    };
  }, [part, wanted, giveUp, report]);
  return wanted ? part.component : null;
}
