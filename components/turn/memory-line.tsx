import { useStrings } from '../use-strings';
import styles from './memory-line.module.css';

/** Stands before the first turn that the model was given; what is above it did not fit. */
export function MemoryLine() {
  return <p className={styles.line}>{useStrings().turn.contextStart}</p>;
}
