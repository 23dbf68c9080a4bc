import { type ComponentType, useEffect } from 'react';
import { useNotices } from '../notices/notices';
import { type Later, notArrived, usePart } from './later';

/**
 * What opens when a person asks for it, once it is wanted and here. If it does not arrive, that is said like a call that
 * failed, and `giveUp` tells that it is not coming.
 */
export function useOnDemand<P>(
  part: Later<ComponentType<P>>,
  wanted: boolean,
  giveUp: () => void,
): ComponentType<P> | null {
  const { report } = useNotices();
  const Part = usePart(part, wanted);
  useEffect(() => {
    if (!wanted || part.part) return;
    let isOver = false;
    void part.load().then(() => {
      if (isOver || part.part) return;
      giveUp();
      report(Promise.resolve({ ok: false, error: notArrived() }));
    });
    return () => {
      isOver = true;
    };
  }, [part, wanted, giveUp, report]);
  return wanted ? Part : null;
}
