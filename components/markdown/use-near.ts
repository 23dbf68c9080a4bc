import { type RefObject, useEffect, useState } from 'react';

/** How far from the window counts as near, above and below. */
const MARGIN = '100% 0px';

/** Whether the element has come near the window; once true it stays true. Watches only if `isWanted`. */
export function useNear(ref: RefObject<Element | null>, isWanted = true): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (isNear || !isWanted || !element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      { root: element.closest('[data-window]'), rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, isWanted, isNear]);
  return isNear;
}
