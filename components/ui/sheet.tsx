import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Hidden } from './hidden';
import styles from './sheet.module.css';

interface SheetProps {
  open: boolean;
  close: () => void;
  title: string;
  /** Where it stands on a wide screen; the other places are for what belongs to the whole page. */
  place?: 'corner' | 'top' | 'middle';
  children: ReactNode;
}

/**
 * A modal panel: at the top right on a wide screen unless told otherwise, from below on a phone. The native dialog keeps the focus inside,
 * closes on Escape and gives the focus back to where it was.
 */
export function Sheet({ open, close, title, place = 'corner', children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  // Before the next key: it must find the focus inside.
  useLayoutEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way out is Escape, which the dialog handles itself.
    <dialog
      ref={dialog}
      className={`${styles.sheet} ${styles[place]}`}
      aria-label={title}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {/* Fills the dialog, so that a click on the dialog itself is a click beside it. */}
      <div className={styles.inside}>
        <Hidden as="h2">{title}</Hidden>
        {open && children}
      </div>
    </dialog>
  );
}
