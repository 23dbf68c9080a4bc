import type { ReactNode } from 'react';
import { useWords } from '../words';
import styles from './table-box.module.css';

/** A wide table scrolls in its own box; the page never does. */
export function TableBox({ children }: { children?: ReactNode }) {
  const words = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable.
    <section className={styles.box} tabIndex={0} aria-label={words.markdown.table}>
      <table>{children}</table>
    </section>
  );
}
