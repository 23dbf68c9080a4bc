import { type ComponentProps, type ComponentType, useCallback, useId, useRef, useState } from 'react';
import { IconButton } from './icon-button';
import type { Later } from './later';
import { useOnDemand } from './on-demand';

/** What every menu is given by its button. */
export interface MenuFrame {
  anchor: HTMLElement;
  id: string;
  close: () => void;
}

interface MenuButtonProps<P> extends Omit<ComponentProps<typeof IconButton>, 'onClick' | 'size'> {
  menu: Later<ComponentType<P & MenuFrame>>;
  /** What the menu is told when it is opened. */
  given: NoInfer<P>;
  /** Runs before the press takes the selection away. */
  before?: (button: HTMLElement) => void;
}

/** A button that opens a menu, which is fetched when somebody is about to open it. */
export function MenuButton<P extends object>({ menu, given, before, ...button }: MenuButtonProps<P>) {
  const [open, setOpen] = useState(false);
  /** A press closes the popover before it clicks: that click is not to open it again. */
  const wasOpen = useRef(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = useCallback(() => setOpen(false), []);
  const Menu = useOnDemand(menu, open, close);
  // What does not arrive now is asked for again, and missed, when it is opened.
  const preload = () => void menu.load();

  return (
    <>
      <IconButton
        {...button}
        ref={anchor}
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
          setOpen(true);
        }}
        onClick={() => {
          if (!wasOpen.current) setOpen(true);
          wasOpen.current = false;
        }}
      />
      {Menu && anchor.current && <Menu {...given} anchor={anchor.current} id={id} close={close} />}
    </>
  );
}
