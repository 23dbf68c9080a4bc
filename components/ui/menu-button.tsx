import { type ComponentProps, type ComponentType, useCallback, useId, useRef, useState } from 'react';
import { IconButton } from './icon-button';
import { type LazyPart, useRequestedPart } from './lazy-part';

/** What every menu is given by its button. */
export interface MenuFrame {
  anchor: HTMLElement;
  id: string;
  close: () => void;
}

interface MenuButtonProps<P> extends Omit<ComponentProps<typeof IconButton>, 'onClick' | 'size'> {
  menu: LazyPart<ComponentType<P & MenuFrame>>;
  /** What the menu is told when it is opened. */
  given: NoInfer<P>;
  /** Runs before the press takes the selection away. */
  before?: (button: HTMLElement) => void;
}

/** A button that opens a menu, which is fetched when somebody is about to open it. */
export function MenuButton<P extends object>({ menu, given, before, ...button }: MenuButtonProps<P>) {
  /** The button while its menu is open. */
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const open = anchor !== null;
  /** A press closes the popover before it clicks: that click is not to open it again. */
  const wasOpen = useRef(false);
  const id = useId();
  const close = useCallback(() => setAnchor(null), []);
  const Menu = useRequestedPart(menu, open, close);
  // A failure is ignored here: opening the menu tries again, and reports it.
  const preload = () => void menu.load();

  return (
    <>
      <IconButton
        {...button}
        size="small"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onPointerEnter={preload}
        onFocus={preload}
        onPointerDown={({ currentTarget }) => {
          wasOpen.current = open;
          before?.(currentTarget);
        }}
        onKeyDown={(event) => {
          wasOpen.current = false;
          before?.(event.currentTarget);
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setAnchor(event.currentTarget);
        }}
        onClick={({ currentTarget }) => {
          if (!wasOpen.current) setAnchor(currentTarget);
          wasOpen.current = false;
        }}
      />
      {Menu && anchor && <Menu {...given} anchor={anchor} id={id} close={close} />}
    </>
  );
}
