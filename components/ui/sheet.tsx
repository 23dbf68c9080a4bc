import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './sheet.module.css';
import { VisuallyHidden } from './visually-hidden';

interface SheetProps {
  open: boolean;
  close: () => void;
  title: string;
  /** Where it opens on a wide screen: `corner` for what belongs to the conversation, else for the whole page. */
  position?: 'corner' | 'top' | 'middle';
  children: ReactNode;
}

/**
 * A modal panel; on a phone it slides up from the bottom. The native dialog keeps the focus inside, closes on Escape and
 * returns the focus to where it was.
 */
export function Sheet({ open, close, title, position = 'corner', children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  // In a layout effect, so that the next key already finds the focus inside.
  useLayoutEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it with Escape, which the dialog handles itself.
    <dialog
      ref={dialog}
      className={`${styles.sheet} ${styles[position]}`}
      aria-label={title}
      // The event comes late: the dialog may have been opened again since.
      onClose={() => dialog.current?.open || close()}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {/* Fills the dialog, so that a click on the dialog itself is a click on its backdrop. */}
      <div className={styles.inside}>
        <VisuallyHidden as="h2">{title}</VisuallyHidden>
        {open && children}
      </div>
    </dialog>
  );
}
