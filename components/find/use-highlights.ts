import { type RefObject, useEffect, useRef } from 'react';
import type { TurnsHandle } from '../conversation/turns/turns-handle';
import { findRanges } from './find-ranges';
import { clearHighlights, highlightMatches } from './highlights';
import type { Match } from './match-list';

/** Where the current match is scrolled to, as a share of the window's height: its context stays visible above it. */
const SHARE = 0.33;

/** Highlights the matches in the turns that are near the window, and scrolls to the current one. */
export function useHighlights(
  turns: RefObject<TurnsHandle | null>,
  pattern: RegExp | null,
  match: Match | null,
): void {
  const { turnId = '', nth = 0 } = match ?? {};
  /** The match that was scrolled to last. */
  const shown = useRef<string | null>(null);

  useEffect(() => {
    const column = turns.current?.column();
    if (!column) return;
    let frame = 0;

    const update = () => {
      frame = 0;
      const all: Range[] = [];
      let current: Range | undefined;
      let currentTurn: Element | undefined;
      for (const turn of pattern ? Array.from(column.children) : []) {
        if (turn.hasAttribute('data-offscreen') || !pattern) continue;
        const ranges = findRanges(turn, pattern);
        all.push(...ranges);
        if (!(turn instanceof HTMLElement) || turn.dataset.turn !== turnId) continue;
        currentTurn = turn;
        current = ranges.at(-1 - nth) ?? ranges[0];
      }
      highlightMatches(all, current);
      const key = `${pattern?.source} ${turnId} ${nth}`;
      // A match can be in the Markdown and not on the page, as in the address of a link. Its turn is shown instead.
      const element = current?.startContainer.parentElement ?? currentTurn;
      if (!element || currentTurn?.querySelector('[data-plain]') || shown.current === key) return;
      shown.current = key;
      turns.current?.scrollTo(element, SHARE);
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(update);
    };

    const turn = turns.current?.draw(turnId);
    if (turn?.hasAttribute('data-offscreen')) turns.current?.scrollTo(turn, SHARE);
    schedule();
    const observer = new MutationObserver(schedule);
    observer.observe(column, {
      ...{ childList: true, characterData: true, subtree: true },
      attributeFilter: ['data-offscreen', 'hidden'],
    });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      clearHighlights();
    };
  }, [turns, pattern, turnId, nth]);
}
