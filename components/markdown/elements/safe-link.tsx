import type { ReactNode } from 'react';
import styles from '../markdown.module.css';
import { hostToShow } from './link-host';

interface SafeLinkProps {
  /** Already filtered by `safeUrl`; empty if the link must not open. */
  href?: string;
  id?: string;
  label?: string;
  /** The text of `children`. */
  text?: string;
  children?: ReactNode;
}

/**
 * Opens in a new tab without `opener` or referrer; footnote links stay in the page. An unsafe link is shown as text.
 * A link whose text names another host than the one it leads to shows that host.
 */
export function SafeLink({ href, id, label, text = '', children }: SafeLinkProps) {
  if (!href) return <span>{children}</span>;
  if (href.startsWith('#')) {
    return (
      <a href={href} id={id} aria-label={label} className={styles.link}>
        {children}
      </a>
    );
  }
  const host = hostToShow(text, href);
  return (
    <a href={href} className={styles.link} target="_blank" rel="noopener noreferrer">
      {children}
      {host !== null && (
        <span className={styles.host} data-left-out>
          {' '}
          ({host})
        </span>
      )}
    </a>
  );
}
