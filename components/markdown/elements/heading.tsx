import { type ReactNode, useContext } from 'react';
import styles from '../markdown.module.css';
import { TopHeading } from './top-heading';

/** A reply stands under its speaker's heading (level 2): its first heading is level 3, whatever it is in the text. */
const LEVELS = ['h3', 'h4', 'h5', 'h6'] as const;
const LOOKS = [styles.h1, styles.h2, styles.h3, styles.h4, styles.h4, styles.h4];

interface HeadingProps {
  /** Of the text: 1 to 6. */
  depth: number;
  children?: ReactNode;
}

export function Heading({ depth, children }: HeadingProps) {
  const below = Math.min(3, Math.max(0, depth - useContext(TopHeading)));
  const Level = LEVELS[below] ?? 'h6';
  return <Level className={LOOKS[depth - 1]}>{children}</Level>;
}
