import { type MouseEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { turnElement } from './turn-element';
import { OPPOSITES } from './use-restored-focus';

/** A version switch that was pressed. */
interface HeldSwitch {
  turnId: string;
  /** The position of its turn on the path. */
  index: number;
  /** The `data-control` of the button. */
  control: string;
  button: Element;
  /** Where the button was last, in pixels from the upper edge of the screen. */
  top: number;
}

/**
 * Keeps the switch between versions under the finger when another version, of another height, takes the turn's place.
 * `hold` scrolls so that an element is where it should be. Returns the turn that took the place, to be drawn at once.
 */
export function useHeldSwitch(
  ids: readonly string[],
  scroller: RefObject<HTMLElement | null>,
  hold: (element: Element, top: number) => void,
) {
  const held = useRef<HeldSwitch | null>(null);
  const [index, setIndex] = useState(-1);

  useLayoutEffect(() => {
    const pressed = held.current;
    if (!pressed || ids.includes(pressed.turnId)) return;
    held.current = null;
    const turn = turnElement(ids[pressed.index] ?? '');
    const find = (control: string | undefined) => turn?.querySelector(`[data-control="${control}"]`);
    const button = find(pressed.control) ?? find(OPPOSITES[pressed.control]);
    if (button) hold(button, pressed.top);
  }, [ids, hold]);

  // The reader may scroll before the other version has arrived.
  useLayoutEffect(() => {
    const view = scroller.current;
    const onScroll = () => {
      const pressed = held.current;
      if (pressed?.button.isConnected) pressed.top = pressed.button.getBoundingClientRect().top;
    };
    view?.addEventListener('scroll', onScroll, { passive: true });
    return () => view?.removeEventListener('scroll', onScroll);
  }, [scroller]);

  const onClickCapture = ({ target }: MouseEvent) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-control]') : null;
    const control = button?.dataset.control ?? '';
    const turnId = button?.closest<HTMLElement>('[data-turn]')?.dataset.turn;
    if (!button || turnId === undefined || !(control in OPPOSITES)) return;
    const pressed = ids.indexOf(turnId);
    const { top } = button.getBoundingClientRect();
    held.current = { turnId, index: pressed, control, button, top };
    setIndex(pressed);
  };

  return { onClickCapture, successor: ids[index] };
}
