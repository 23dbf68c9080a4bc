import { keyNames } from './key-names';
import styles from './keys.module.css';
import type { Chord } from './shortcuts';
import { useApple } from './use-apple';

/** The keys of a shortcut, drawn as key caps. */
export function Keys({ chord }: { chord: Chord }) {
  return (
    <kbd className={styles.chord}>
      {keyNames(chord, useApple()).map((name) => (
        <kbd key={name} className={styles.key}>
          {name}
        </kbd>
      ))}
    </kbd>
  );
}
