import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { focusComposer } from '../../composer/composer-focus';
import { turnElement } from './turn-element';

/** Where the focus was when its turn was on screen. */
interface Kept {
  turnId: string;
  /** Of the turn on the path. */
  at: number;
  control: string | undefined;
}

/** Of two that go to and fro, the one that is left where the other cannot go on. */
const TWINS: Record<string, string> = {
  'earlier-words': 'later-words',
  'later-words': 'earlier-words',
  'earlier-reply': 'later-reply',
  'later-reply': 'earlier-reply',
};

/**
 * A control that had the focus may go away with its turn: another version is shown, the turn is deleted or answered anew.
 * The focus then goes to the same control (`data-control`) of the turn that took its place; where there is none, as after
 * what asks for a new reply, to the message box, or, where that would bring up a keyboard, to the conversation.
 */
export function useKeptFocus(
  scroller: RefObject<HTMLElement | null>,
  column: RefObject<HTMLElement | null>,
  ids: readonly string[],
): void {
  const kept = useRef<Kept | null>(null);
  const known = useRef(ids);

  useEffect(() => {
    const places = column.current;
    if (!places) return;
    const onFocusIn = ({ target }: FocusEvent) => {
      const turnId = target instanceof Element && target.closest<HTMLElement>('[data-turn]')?.dataset.turn;
      kept.current = turnId
        ? { turnId, at: known.current.indexOf(turnId), control: controlOf(target) }
        : null;
    };
    const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
      // One that left the page with its turn has not been left by the person.
      queueMicrotask(() => {
        const isLeft = relatedTarget !== null || (target instanceof Node && target.isConnected);
        if (isLeft && !places.contains(document.activeElement)) kept.current = null;
      });
    };
    places.addEventListener('focusin', onFocusIn);
    places.addEventListener('focusout', onFocusOut);
    return () => {
      places.removeEventListener('focusin', onFocusIn);
      places.removeEventListener('focusout', onFocusOut);
    };
  }, [column]);

  useLayoutEffect(() => {
    known.current = ids;
    const lost = kept.current;
    if (!lost || ids.includes(lost.turnId)) return;
    kept.current = null;
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const next = ids[lost.at];
    const place = next === undefined ? null : turnElement(next);
    const elsewhere = () => leadElsewhere(scroller.current);
    return place && lost.control ? focusOnce(place, lost.control, elsewhere) : elsewhere();
  }, [ids, scroller]);
}

const controlOf = (element: Element): string | undefined =>
  element instanceof HTMLElement ? element.dataset.control : undefined;

/** Focuses the control as soon as the turn is drawn in full. Returns what gives it up. */
function focusOnce(place: HTMLElement, control: string, elsewhere: () => void): () => void {
  const observer = new MutationObserver(() => attempt());
  const attempt = () => {
    if (document.activeElement !== document.body) return observer.disconnect();
    if (!place.querySelector('article:not([data-bare])')) return;
    observer.disconnect();
    const found = find(place, control) ?? find(place, TWINS[control] ?? 'more') ?? find(place, 'more');
    if (found) found.focus({ preventScroll: true });
    else elsewhere();
  };
  observer.observe(place, { childList: true, subtree: true });
  attempt();
  return () => observer.disconnect();
}

const find = (place: HTMLElement, control: string): HTMLElement | null =>
  place.querySelector<HTMLElement>(`[data-control="${control}"]:not(:disabled)`);

function leadElsewhere(scroller: HTMLElement | null): void {
  const raisesKeyboard = matchMedia('(pointer: coarse)').matches;
  if (raisesKeyboard) scroller?.focus({ preventScroll: true });
  else focusComposer({ preventScroll: true });
}
