import { type ComponentProps, type ComponentType, useCallback, useId, useRef, useState } from 'react';
import { IconButton } from '../icon-button';
import { type LazyPart, useRequestedPart } from '../lazy/lazy-part';

/** The props that a button passes to its menu. */
export interface MenuFrame {
  anchor: HTMLElement;
  id: string;
  close: () => void;
}

interface MenuButtonProps<P> extends Omit<ComponentProps<typeof IconButton>, 'onClick' | 'size'> {
  menu: LazyPart<ComponentType<P & MenuFrame>>;
  /** The menu's own props. */
  menuProps: NoInfer<P>;
  /** Runs before the press clears the text selection. */
  beforeOpen?: (button: HTMLElement) => void;
}

/** A button that opens a menu. The menu starts loading when the pointer or the focus reaches the button. */
export function MenuButton<P extends object>({ menu, menuProps, beforeOpen, ...button }: MenuButtonProps<P>) {
  /** The button while its menu is open. */
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const isOpen = anchor !== null;
  /** Pressing the button closes an open popover before the click arrives, which must not open it again. */
  const wasOpen = useRef(false);
  const id = useId();
  const close = useCallback(() => setAnchor(null), []);
  const Menu = useRequestedPart(menu, isOpen, close);
  // A failure is ignored here: opening the menu tries again, and reports it.
  const preload = () => void menu.load();

  return (
    <>
      <IconButton
        {...button}
        size="small"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onPointerEnter={preload}
        onFocus={preload}
        onPointerDown={({ currentTarget }) => {
          wasOpen.current = isOpen;
          beforeOpen?.(currentTarget);
        }}
        onKeyDown={(event) => {
          wasOpen.current = false;
          beforeOpen?.(event.currentTarget);
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setAnchor(event.currentTarget);
        }}
        onClick={({ currentTarget }) => {
          if (!wasOpen.current) setAnchor(currentTarget);
          wasOpen.current = false;
        }}
      />
      {Menu && anchor && <Menu {...menuProps} anchor={anchor} id={id} close={close} />}
    </>
  );
}
