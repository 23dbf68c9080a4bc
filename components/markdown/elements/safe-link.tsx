import type { ReactNode } from 'react';
import styles from '../markdown.module.css';

interface SafeLinkProps {
  /** Already reduced to what may be opened; empty if nothing may. */
  href?: string;
  id?: string;
  label?: string;
  children?: ReactNode;
}

/** Opens in a new tab that knows nothing of this one; footnotes stay in the page. What may not open is text. */
export function SafeLink({ href, id, label, children }: SafeLinkProps) {
  if (!href) return <span>{children}</span>;
  if (href.startsWith('#')) {
    return (
      <a href={href} id={id} aria-label={label} className={styles.link}>
        {children}
      </a>
    );
  }
  return (
    <a href={href} className={styles.link} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
