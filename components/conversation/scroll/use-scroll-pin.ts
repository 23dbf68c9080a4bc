import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useOnNewText, useOnSend } from '@/lib/client/hooks';
import { turnElement } from '../turns/turn-element';
import { setFiller, trimFiller } from './filler';
import { pageDistance, pagesFor } from './page-key';
import { isReading, setReading } from './reading';
import { savedPosition, savePosition } from './saved-positions';
import { anchorOn, findAnchor, type ScrollAnchor, shiftFrom } from './scroll-anchor';
import {
  gapOf,
  INITIAL_PIN,
  nextPin,
  type ScrollEvent,
  type ScrollMetrics,
  type ScrollPin,
} from './scroll-pin';
import { isUpKey, isUpwardTouch } from './upward-intent';

/** How much content, in pixels, has to be below the window before a jump to the end is offered. */
const AWAY = 160;
/** Up to this distance, in window heights, the view scrolls smoothly; over a longer one it jumps. */
const LONGEST_SMOOTH = 3;

/** Where the reader is: at the end, away from it, or away while text was added at the end. */
export type ReaderPosition = 'end' | 'away' | 'unseen';

const readerPosition = (pin: ScrollPin): ReaderPosition => {
  if (pin.isPinned || gapOf(pin) <= AWAY) return 'end';
  return pin.hasUnseen ? 'unseen' : 'away';
};

const metricsOf = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollMetrics => ({
  top: scrollTop,
  height: scrollHeight,
  view: clientHeight,
});

/**
 * Whether the browser anchors the scroll position itself. It does so better than a script during a smooth scroll of the
 * wheel, but not at the very top, not when the screen is turned, and not in Safari.
 */
const browserAnchors = (): boolean => CSS.supports('overflow-anchor', 'auto');

/**
 * Applies the rules of `scroll-pin` to a scrolling element. A view that is not pinned keeps in place what the reader
 * looks at, whatever grows or shrinks around it. `ids`: the turns on the page, whose elements `column` holds.
 */
export function useScrollPin(sessionId: string, ids: readonly string[]) {
  const scroller = useRef<HTMLElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const pin = useRef<ScrollPin>(savedPosition(sessionId)?.pin ?? INITIAL_PIN);
  const anchor = useRef<ScrollAnchor | null>(null);
  /** A smooth scroll to the end is under way. */
  const isGliding = useRef(false);
  const [position, setPosition] = useState<ReaderPosition>('end');

  const dispatch = useCallback((event: ScrollEvent) => {
    const wasPinned = pin.current.isPinned;
    pin.current = nextPin(pin.current, event);
    setPosition(readerPosition(pin.current));
    // A pinned view needs no anchor, and looking for one with every token would cost too much.
    if (pin.current.isPinned) anchor.current = null;
    else if (wasPinned && scroller.current && column.current)
      anchor.current = findAnchor(scroller.current, column.current);
  }, []);

  const scrollBy = useCallback(
    (view: HTMLElement, pixels: number) => {
      if (pixels === 0) return;
      view.scrollTop += pixels;
      dispatch({ type: 'resize', metrics: metricsOf(view) });
    },
    [dispatch],
  );

  /**
   * After a scroll or a change of size: follows the end, or keeps the anchor in place. `window`: only the window has
   * another height, as when the jump button comes. Its upper edge stays, so nothing has to be put back in place, and the
   * reader, who may be scrolling, is left alone.
   */
  const adjust = useCallback(
    (type: 'scroll' | 'resize' | 'window') => {
      const [view, turns] = [scroller.current, column.current];
      if (!view || !turns) return;
      const scrolled = view.scrollTop - pin.current.top;
      dispatch({ type: type === 'scroll' ? 'scroll' : 'resize', metrics: metricsOf(view) });
      setReading(isReading(pin.current, scrolled));
      if (pin.current.isPinned) {
        if (gapOf(pin.current) < 1) isGliding.current = false;
        if (type !== 'scroll')
          view.scrollTo({ top: view.scrollHeight, behavior: isGliding.current ? 'smooth' : 'instant' });
        return;
      }
      isGliding.current = false;
      if (type === 'window') return;
      if (type === 'scroll') scrollBy(view, -trimFiller(view, turns));
      const current = anchor.current;
      if (!current) {
        anchor.current = findAnchor(view, turns);
      } else if (type === 'resize') {
        scrollBy(view, shiftFrom(current, view, turns, 0));
      } else {
        // Something may have grown in the same frame as the reader scrolled. Browsers that anchor have handled it.
        if (!browserAnchors()) scrollBy(view, shiftFrom(current, view, turns, scrolled));
        // The anchor is kept while nothing moved: roundings do not add up, and turning the screen back restores the view.
        if (shiftFrom(current, view, turns, 0) !== 0) anchor.current = findAnchor(view, turns);
      }
    },
    [dispatch, scrollBy],
  );

  /** Scrolls to the end and follows it. */
  const jump = useCallback(
    (behavior: ScrollBehavior) => {
      dispatch({ type: 'jump' });
      const view = scroller.current;
      if (!view) return;
      if (column.current) setFiller(column.current, { above: 0, below: 0 });
      const prefersReducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const isFar = gapOf(metricsOf(view)) > LONGEST_SMOOTH * view.clientHeight;
      isGliding.current = behavior === 'smooth' && !prefersReducedMotion && !isFar;
      view.scrollTo({ top: view.scrollHeight, behavior: isGliding.current ? 'smooth' : 'instant' });
    },
    [dispatch],
  );

  /**
   * Scrolls so that the element is at `top`, in pixels from the upper edge of the screen, and anchors it there. Where
   * there is too little to scroll, a filler above or below the turns makes up for it until the reader scrolls on.
   */
  const hold = useCallback(
    (element: Element, top: number) => {
      const [view, turns] = [scroller.current, column.current];
      if (!view || !turns) return;
      dispatch({ type: 'up' });
      setFiller(turns, { above: 0, below: 0 });
      const distance = () => Math.round(element.getBoundingClientRect().top - top);
      view.scrollTop += distance();
      const rest = distance();
      setFiller(turns, { above: Math.max(0, -rest), below: Math.max(0, rest) });
      view.scrollTop += Math.max(0, rest);
      dispatch({ type: 'resize', metrics: metricsOf(view) });
      anchor.current = anchorOn(element, view, turns);
    },
    [dispatch],
  );

  /** Scrolls so that the element is `share` of the window's height below its upper edge, and anchors it there. */
  const scrollTo = useCallback(
    (element: Element, share: number) => {
      const [view, turns] = [scroller.current, column.current];
      if (!view || !turns) return;
      dispatch({ type: 'up' });
      const offset = element.getBoundingClientRect().top - view.getBoundingClientRect().top;
      view.scrollTop += offset - share * view.clientHeight;
      dispatch({ type: 'resize', metrics: metricsOf(view) });
      anchor.current = anchorOn(element, view, turns);
      setReading(true);
    },
    [dispatch],
  );

  /** Keeps the element where it is, whatever opens around it. */
  const anchorTo = useCallback(
    (element: Element) => {
      const [view, turns] = [scroller.current, column.current];
      if (!view || !turns) return;
      dispatch({ type: 'up' });
      if (!pin.current.isPinned) anchor.current = anchorOn(element, view, turns);
    },
    [dispatch],
  );

  // Restores the saved position before the first paint, and saves it when the conversation is left.
  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view) return;
    const { isPinned, top } = pin.current;
    const saved = savedPosition(sessionId)?.top;
    const turn = saved && turnElement(saved.turnId);
    const offset = turn ? turn.getBoundingClientRect().top - view.getBoundingClientRect().top : 0;
    view.scrollTop = isPinned ? view.scrollHeight : turn ? view.scrollTop + offset - saved.offset : top;
    pin.current = { ...pin.current, ...metricsOf(view) };
    anchor.current = isPinned || !column.current ? null : findAnchor(view, column.current);
    setPosition(readerPosition(pin.current));
    setReading(view.scrollTop > 0);
    return () => {
      setReading(false);
      savePosition(sessionId, pin.current, anchor.current);
    };
  }, [sessionId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when other turns are shown, before they are painted.
  useLayoutEffect(() => adjust('resize'), [adjust, ids]);

  // A resize observer runs between layout and paint, so the view is never painted at a wrong position.
  useEffect(() => {
    if (!scroller.current || !column.current) return;
    const observer = new ResizeObserver((entries) =>
      adjust(entries.some(({ target }) => target === column.current) ? 'resize' : 'window'),
    );
    observer.observe(scroller.current);
    observer.observe(column.current);
    return () => observer.disconnect();
  }, [adjust]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const view = scroller.current;
      const field = event.target instanceof HTMLTextAreaElement ? event.target : null;
      const pages = pagesFor(event, field);
      if (!view || pages === 0) return;
      event.preventDefault();
      view.scrollBy({ top: pageDistance(pages, metricsOf(view)), behavior: 'instant' });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  useOnNewText(sessionId, () => dispatch({ type: 'text' }));
  // Sending a message shows it, wherever the reader had scrolled to.
  useOnSend(sessionId, () => jump('instant'));

  const touchStart = useRef<number | null>(null);
  const handlers = {
    onScroll: () => adjust('scroll'),
    onWheel: ({ deltaY }: { deltaY: number }) => deltaY < 0 && dispatch({ type: 'up' }),
    onKeyDown: (event: React.KeyboardEvent) => isUpKey(event) && dispatch({ type: 'up' }),
    onTouchStart: ({ touches }: React.TouchEvent) => {
      touchStart.current = touches[0]?.clientY ?? null;
    },
    onTouchMove: ({ touches }: React.TouchEvent) => {
      if (isUpwardTouch(touchStart.current, touches[0]?.clientY)) dispatch({ type: 'up' });
    },
  };

  return { scroller, column, position, jump, scrollTo, hold, anchorTo, handlers };
}
