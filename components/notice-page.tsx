import type { ReactNode } from 'react';
import styles from './notice-page.module.css';

/** A page that only says something, with one way on. */
export function MessagePage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <i className={styles.mark} aria-hidden="true" />
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </main>
  );
}
