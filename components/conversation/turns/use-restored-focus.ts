import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { focusComposer } from '../../composer/composer-focus';
import { turnElement } from './turn-element';

/** The control that has the focus, and where its turn is. */
interface FocusedControl {
  turnId: string;
  /** The position of the turn on the path. */
  index: number;
  /** Its `data-control`. */
  control: string | undefined;
}

/** If Previous is disabled, Next gets the focus, and the other way round. */
export const OPPOSITES: Readonly<Record<string, string>> = {
  'previous-user': 'next-user',
  'next-user': 'previous-user',
  'previous-reply': 'next-reply',
  'next-reply': 'previous-reply',
};

/**
 * Restores the focus when the control that had it leaves the page with its turn: another version is shown, or the turn
 * is deleted or regenerated. It moves to the same control (`data-control`) of the turn that took its place. Without such
 * a turn it moves to the composer, or, where that would open an on-screen keyboard, to the conversation.
 */
export function useRestoredFocus(
  scroller: RefObject<HTMLElement | null>,
  column: RefObject<HTMLElement | null>,
  ids: readonly string[],
): void {
  const focused = useRef<FocusedControl | null>(null);
  const currentIds = useRef(ids);

  useEffect(() => {
    const turns = column.current;
    if (!turns) return;
    const onFocusIn = ({ target }: FocusEvent) => {
      const turnId = target instanceof Element && target.closest<HTMLElement>('[data-turn]')?.dataset.turn;
      focused.current = turnId
        ? { turnId, index: currentIds.current.indexOf(turnId), control: controlOf(target) }
        : null;
    };
    const onFocusOut = ({ target, relatedTarget }: FocusEvent) => {
      // A control that was removed with its turn also fires this event, but the person has not left it.
      queueMicrotask(() => {
        const wasLeft = relatedTarget !== null || (target instanceof Node && target.isConnected);
        if (wasLeft && !turns.contains(document.activeElement)) focused.current = null;
      });
    };
    turns.addEventListener('focusin', onFocusIn);
    turns.addEventListener('focusout', onFocusOut);
    return () => {
      turns.removeEventListener('focusin', onFocusIn);
      turns.removeEventListener('focusout', onFocusOut);
    };
  }, [column]);

  useLayoutEffect(() => {
    currentIds.current = ids;
    const previous = focused.current;
    if (!previous || ids.includes(previous.turnId)) return;
    focused.current = null;
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const successor = ids[previous.index];
    const turn = successor === undefined ? null : turnElement(successor);
    const fallBack = () => focusOutsideTurns(scroller.current);
    return turn && previous.control ? focusWhenDrawn(turn, previous.control, fallBack) : fallBack();
  }, [ids, scroller]);
}

const controlOf = (element: Element): string | undefined =>
  element instanceof HTMLElement ? element.dataset.control : undefined;

/** Focuses the control as soon as its turn is drawn in full. Returns the cancellation. */
function focusWhenDrawn(turn: HTMLElement, control: string, fallBack: () => void): () => void {
  const observer = new MutationObserver(() => attempt());
  const attempt = () => {
    if (document.activeElement !== document.body) return observer.disconnect();
    if (!turn.querySelector('article:not([data-plain])')) return;
    observer.disconnect();
    const target =
      findControl(turn, control) ??
      findControl(turn, OPPOSITES[control] ?? 'more') ??
      findControl(turn, 'more');
    if (target) target.focus({ preventScroll: true });
    else fallBack();
  };
  observer.observe(turn, { childList: true, subtree: true });
  attempt();
  return () => observer.disconnect();
}

const findControl = (turn: HTMLElement, control: string): HTMLElement | null =>
  turn.querySelector<HTMLElement>(`[data-control="${control}"]:not(:disabled)`);

function focusOutsideTurns(scroller: HTMLElement | null): void {
  const opensKeyboard = matchMedia('(pointer: coarse)').matches;
  if (opensKeyboard) scroller?.focus({ preventScroll: true });
  else focusComposer({ preventScroll: true });
}
