import type { Components } from 'react-markdown';
import { CodeBlock } from './code-block';
import { codeOf } from './code-of';
import styles from './markdown.module.css';
import { RemoteImage } from './remote-image';
import { SafeLink } from './safe-link';
import { TableBox } from './table-box';

/**
 * What each element of a reply becomes. One object for the life of the page: a new one would mount every node anew.
 * A reply stands under its speaker's heading (level 2), so its own headings begin at level 3.
 */
export const elements: Components = {
  h1: ({ children }) => <h3 className={styles.h1}>{children}</h3>,
  h2: ({ children, id }) => (
    <h4 id={id} className={id === 'footnote-label' ? styles.hidden : styles.h2}>
      {children}
    </h4>
  ),
  h3: ({ children }) => <h5 className={styles.h3}>{children}</h5>,
  h4: ({ children }) => <h6 className={styles.h4}>{children}</h6>,
  h5: ({ children }) => <h6 className={styles.h4}>{children}</h6>,
  h6: ({ children }) => <h6 className={styles.h4}>{children}</h6>,
  a: ({ href, children, id, className, ...rest }) => (
    <SafeLink href={href} id={id} label={rest['aria-label']}>
      {children}
    </SafeLink>
  ),
  img: ({ src, alt }) => <RemoteImage src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ node }) => <CodeBlock {...codeOf(node)} />,
  table: ({ children }) => <TableBox>{children}</TableBox>,
};
