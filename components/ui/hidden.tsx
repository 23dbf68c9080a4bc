import type { ReactNode } from 'react';
import styles from './hidden.module.css';

/** For ears only. */
export function Hidden({ as: Tag = 'span', children }: { as?: 'span' | 'h2' | 'p'; children: ReactNode }) {
  return <Tag className={styles.hidden}>{children}</Tag>;
}
