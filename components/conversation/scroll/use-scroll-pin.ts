import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useOnNewText, useOnSend } from '@/lib/client/hooks';
import { turnElement } from '../turns/turn-element';
import { leftPlace, rememberPlace } from './saved-positions';
import { type Anchor, anchorOn, pickAnchor, shiftFrom } from './scroll-anchor';
import { gapOf, INITIAL_PIN, nextPin, type Pin, type PinEvent, type Place } from './scroll-pin';
import { isUpKey, upwardTouch } from './upward-intent';

/** Pixels below the window from which the way back is offered. */
const AWAY = 160;
/** Windows of a way that is still pleasant to watch. */
const SMOOTH = 3;

const placeOf = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): Place => ({
  top: scrollTop,
  height: scrollHeight,
  view: clientHeight,
});

/** `news`: words came at the end since the reader went away. */
export type Away = 'no' | 'away' | 'news';

const awayOf = (pin: Pin): Away => {
  if (pin.pinned || gapOf(pin) <= AWAY) return 'no';
  return pin.news ? 'news' : 'away';
};

/**
 * Whether the browser holds the place by itself. It does so better than a script while the wheel's own smooth scroll is
 * under way; not at the very top, not over a turned screen, and not in Safari.
 */
const browserAnchors = (): boolean => CSS.supports('overflow-anchor', 'auto');

/**
 * Joins the rules of `scroll-pin` to a scrolling element. A view that is not pinned holds what the reader looks at,
 * whatever grows or shrinks around it. `ids`: the shown turns, whose places `column` holds.
 */
export function useScrollPin(sessionId: string, ids: readonly string[]) {
  const scroller = useRef<HTMLElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const pin = useRef<Pin>(leftPlace(sessionId)?.pin ?? INITIAL_PIN);
  const anchor = useRef<Anchor | null>(null);
  const [away, setAway] = useState<Away>('no');

  const dispatch = useCallback((event: PinEvent) => {
    const wasPinned = pin.current.pinned;
    pin.current = nextPin(pin.current, event);
    setAway(awayOf(pin.current));
    // A view that follows the end holds nothing: to look for it with every word would cost as much as the words.
    if (pin.current.pinned) anchor.current = null;
    else if (wasPinned && scroller.current && column.current)
      anchor.current = pickAnchor(scroller.current, column.current);
  }, []);

  const scrollBy = useCallback(
    (view: HTMLElement, pixels: number) => {
      if (pixels === 0) return;
      view.scrollTop += pixels;
      dispatch({ type: 'resize', place: placeOf(view) });
    },
    [dispatch],
  );

  /** The view was scrolled, or what is in it changed: follow the end, or hold what the reader looks at. */
  const settle = useCallback(
    (type: 'scroll' | 'resize') => {
      const [view, places] = [scroller.current, column.current];
      if (!view || !places) return;
      const scrolled = view.scrollTop - pin.current.top;
      dispatch({ type, place: placeOf(view) });
      if (pin.current.pinned) {
        if (type === 'resize') view.scrollTop = view.scrollHeight;
        return;
      }
      const held = anchor.current;
      if (!held) {
        anchor.current = pickAnchor(view, places);
      } else if (type === 'resize') {
        scrollBy(view, shiftFrom(held, view, places, 0));
      } else {
        // What grew in the same moment as somebody scrolled. A browser that anchors has seen to it.
        if (!browserAnchors()) scrollBy(view, shiftFrom(held, view, places, scrolled));
        // Kept while the reader sees the same: roundings do not add up, and a screen that is turned back shows it again.
        if (shiftFrom(held, view, places, 0) !== 0) anchor.current = pickAnchor(view, places);
      }
    },
    [dispatch, scrollBy],
  );

  const jump = useCallback(
    (behavior: ScrollBehavior) => {
      dispatch({ type: 'jump' });
      const view = scroller.current;
      if (!view) return;
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const far = gapOf(placeOf(view)) > SMOOTH * view.clientHeight;
      view.scrollTo({ top: view.scrollHeight, behavior: calm || far ? 'instant' : behavior });
    },
    [dispatch],
  );

  const hold = useCallback(
    (element: Element, share: number) => {
      const [view, places] = [scroller.current, column.current];
      if (!view || !places) return;
      dispatch({ type: 'up' });
      const offset = element.getBoundingClientRect().top - view.getBoundingClientRect().top;
      view.scrollTop += offset - share * view.clientHeight;
      dispatch({ type: 'resize', place: placeOf(view) });
      anchor.current = anchorOn(element, view, places);
    },
    [dispatch],
  );

  // Back where the reader was, before the first paint.
  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view) return;
    const { pinned, top } = pin.current;
    const held = leftPlace(sessionId)?.held;
    const place = held && turnElement(held.turnId);
    const offset = place ? place.getBoundingClientRect().top - view.getBoundingClientRect().top : 0;
    view.scrollTop = pinned ? view.scrollHeight : place ? view.scrollTop + offset - held.offset : top;
    pin.current = { ...pin.current, ...placeOf(view) };
    anchor.current = pinned || !column.current ? null : pickAnchor(view, column.current);
    setAway(awayOf(pin.current));
    return () => rememberPlace(sessionId, pin.current, anchor.current);
  }, [sessionId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other turns are what has to be settled, before the paint.
  useLayoutEffect(() => settle('resize'), [settle, ids]);

  // Runs after layout and before paint: the view is never seen where it should not be.
  useEffect(() => {
    if (!scroller.current || !column.current) return;
    const observer = new ResizeObserver(() => settle('resize'));
    observer.observe(scroller.current);
    observer.observe(column.current);
    return () => observer.disconnect();
  }, [settle]);

  useOnNewText(sessionId, () => dispatch({ type: 'words' }));
  // Sending a message shows it, wherever the reader had scrolled to.
  useOnSend(sessionId, () => jump('instant'));

  const finger = useRef<number | null>(null);
  const handlers = {
    onScroll: () => settle('scroll'),
    onWheel: ({ deltaY }: { deltaY: number }) => deltaY < 0 && dispatch({ type: 'up' }),
    onKeyDown: (event: React.KeyboardEvent) => isUpKey(event) && dispatch({ type: 'up' }),
    onTouchStart: ({ touches }: React.TouchEvent) => {
      finger.current = touches[0]?.clientY ?? null;
    },
    onTouchMove: ({ touches }: React.TouchEvent) => {
      if (upwardTouch(finger.current, touches[0]?.clientY)) dispatch({ type: 'up' });
    },
  };

  return { scroller, column, away, jump, hold, handlers };
}
