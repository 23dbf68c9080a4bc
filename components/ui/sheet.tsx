import { type ReactNode, useEffect, useRef } from 'react';
import { Hidden } from './hidden';
import styles from './sheet.module.css';

interface SheetProps {
  open: boolean;
  close: () => void;
  title: string;
  children: ReactNode;
}

/**
 * A modal panel: at the top right on a wide screen, from below on a phone. The native dialog keeps the focus inside,
 * closes on Escape and gives the focus back to where it was.
 */
export function Sheet({ open, close, title, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way out is Escape, which the dialog handles itself.
    <dialog
      ref={dialog}
      className={styles.sheet}
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
