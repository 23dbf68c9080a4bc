import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { gapOf, INITIAL_PIN, nextPin, type Pin, type PinEvent, type Place } from './scroll-pin';
import { isUpKey, upwardTouch } from './upward-intent';

/** Where each conversation was left, for the life of the page. */
const left = new Map<string, Pin>();

/** Pixels below the window from which the way back is offered. */
const AWAY = 160;

const placeOf = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): Place => ({
  top: scrollTop,
  height: scrollHeight,
  view: clientHeight,
});

/** Joins the rules of `scroll-pin` to a scrolling element. `ids`: the shown turns, to hold the place when older ones come. */
export function useScrollPin(sessionId: string, ids: readonly string[]) {
  const scroller = useRef<HTMLElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const pin = useRef<Pin>(left.get(sessionId) ?? INITIAL_PIN);
  const [away, setAway] = useState(false);

  const dispatch = useCallback((event: PinEvent) => {
    pin.current = nextPin(pin.current, event);
    setAway(!pin.current.pinned && gapOf(pin.current) > AWAY);
  }, []);

  const jump = useCallback(
    (behavior: ScrollBehavior) => {
      dispatch({ type: 'jump' });
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      scroller.current?.scrollTo({
        top: scroller.current.scrollHeight,
        behavior: calm ? 'instant' : behavior,
      });
    },
    [dispatch],
  );

  // Back where the reader was, before the first paint.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { pinned, top } = pin.current;
    element.scrollTop = pinned ? element.scrollHeight : top;
    return () => void left.set(sessionId, pin.current);
  }, [sessionId]);

  useHeldPlace(scroller, pin, ids);

  // Runs after layout and before paint: a pinned view is never seen away from the bottom.
  useEffect(() => {
    const element = scroller.current;
    if (!element || !column.current) return;
    const observer = new ResizeObserver(() => {
      dispatch({ type: 'resize', place: placeOf(element) });
      if (pin.current.pinned) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    observer.observe(column.current);
    return () => observer.disconnect();
  }, [dispatch]);

  const finger = useRef<number | null>(null);
  const handlers = {
    onScroll: () => scroller.current && dispatch({ type: 'scroll', place: placeOf(scroller.current) }),
    onWheel: ({ deltaY }: { deltaY: number }) => deltaY < 0 && dispatch({ type: 'up' }),
    onKeyDown: (event: React.KeyboardEvent) => isUpKey(event) && dispatch({ type: 'up' }),
    onTouchStart: ({ touches }: React.TouchEvent) => {
      finger.current = touches[0]?.clientY ?? null;
    },
    onTouchMove: ({ touches }: React.TouchEvent) => {
      if (upwardTouch(finger.current, touches[0]?.clientY)) dispatch({ type: 'up' });
    },
  };

  return { scroller, column, away, jump, handlers };
}

/** When older turns come above, what the reader looks at stays where it is. */
function useHeldPlace(
  scroller: React.RefObject<HTMLElement | null>,
  pin: React.RefObject<Pin>,
  ids: readonly string[],
): void {
  const first = useRef(ids[0]);
  useLayoutEffect(() => {
    const element = scroller.current;
    const cameAbove = first.current !== undefined && ids.indexOf(first.current) > 0;
    first.current = ids[0];
    if (!element || !cameAbove || pin.current.pinned) return;
    // The browser's own anchoring would move the view a second time, but not at the very top, and not in Safari.
    element.style.overflowAnchor = 'none';
    element.scrollTop = pin.current.top + element.scrollHeight - pin.current.height;
    const frame = requestAnimationFrame(() => element.style.removeProperty('overflow-anchor'));
    return () => cancelAnimationFrame(frame);
  }, [scroller, pin, ids]);
}
