import type { ReactNode } from 'react';
import styles from '../markdown.module.css';

interface SafeLinkProps {
  /** Already filtered by `safeUrl`; empty if the link must not open. */
  href?: string;
  id?: string;
  label?: string;
  children?: ReactNode;
}

/**
 * Opens in a new tab without `opener` or referrer; footnote links stay in the page. An unsafe link is shown as text.
 */
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
