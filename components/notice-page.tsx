import type { ReactNode } from 'react';
import styles from './notice-page.module.css';

/** A page that only holds a notice and, as `children`, one way to go on. */
export function NoticePage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <i className={styles.mark} aria-hidden="true" />
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </main>
  );
}
