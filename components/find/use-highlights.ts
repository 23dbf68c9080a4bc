import { type RefObject, useEffect, useRef } from 'react';
import type { TurnsHandle } from '../conversation/turns/turns-handle';
import { rangesIn } from './find-ranges';
import { paint, wipe } from './highlights';
import type { Match } from './match-list';

/** Where in the window a match is brought: a third down, so that what it belongs to is seen too. */
const SHARE = 0.33;

/** Marks the matches in the turns that are drawn near the window, and brings the current one into it. */
export function usePainted(
  turns: RefObject<TurnsHandle | null>,
  pattern: RegExp | null,
  match: Match | null,
): void {
  const { turnId = '', nth = 0 } = match ?? {};
  /** The match that is in the window already. */
  const brought = useRef<string | null>(null);

  useEffect(() => {
    const column = turns.current?.column();
    if (!column) return;
    let frame = 0;

    const draw = () => {
      frame = 0;
      const all: Range[] = [];
      let current: Range | undefined;
      let home: Element | undefined;
      for (const place of pattern ? Array.from(column.children) : []) {
        if (place.hasAttribute('data-offscreen') || !pattern) continue;
        const ranges = rangesIn(place, pattern);
        all.push(...ranges);
        if (!(place instanceof HTMLElement) || place.dataset.turn !== turnId) continue;
        home = place;
        current = ranges.at(-1 - nth) ?? ranges[0];
      }
      paint(all, current);
      const name = `${pattern?.source} ${turnId} ${nth}`;
      // Counted in the source, and not there on the page (in the address of a link): its turn has to do.
      const element = current?.startContainer.parentElement ?? home;
      if (!element || home?.querySelector('[data-plain]') || brought.current === name) return;
      brought.current = name;
      turns.current?.scrollTo(element, SHARE);
    };
    const soon = () => {
      frame ||= requestAnimationFrame(draw);
    };

    const place = turns.current?.draw(turnId);
    if (place?.hasAttribute('data-offscreen')) turns.current?.scrollTo(place, SHARE);
    soon();
    const observer = new MutationObserver(soon);
    observer.observe(column, {
      ...{ childList: true, characterData: true, subtree: true },
      attributeFilter: ['data-offscreen', 'hidden'],
    });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      wipe();
    };
  }, [turns, pattern, turnId, nth]);
}
