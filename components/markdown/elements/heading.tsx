import { type ReactNode, useContext } from 'react';
import styles from '../markdown.module.css';
import { TopHeading } from './top-heading';

/**
 * The assistant's name is a heading of level 2, so a reply's first heading gets level 3, whatever its depth in the
 * text.
 */
const LEVELS = ['h3', 'h4', 'h5', 'h6'] as const;
const STYLES = [styles.h1, styles.h2, styles.h3, styles.h4, styles.h4, styles.h4];

interface HeadingProps {
  /** In the text, 1 to 6. */
  depth: number;
  children?: ReactNode;
}

export function Heading({ depth, children }: HeadingProps) {
  const below = Math.min(3, Math.max(0, depth - useContext(TopHeading)));
  const Level = LEVELS[below] ?? 'h6';
  return <Level className={STYLES[depth - 1]}>{children}</Level>;
}
