import { memo } from 'react';
import { Hidden } from '../ui/hidden';
import { useWords } from '../words';
import styles from './user-words.module.css';

/** What the person said: plain text with its own line breaks, in its own direction. */
export const UserWords = memo(function UserWords({ text, faded = false }: { text: string; faded?: boolean }) {
  const words = useWords();
  return (
    <div className={styles.row}>
      <Hidden as="h2">{words.turn.you}</Hidden>
      <p className={faded ? `${styles.bubble} ${styles.faded}` : styles.bubble} dir="auto">
        {text}
      </p>
    </div>
  );
});
