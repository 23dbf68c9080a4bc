import { useStrings } from '../use-strings';
import styles from './context-start-line.module.css';

/** Stands above the first turn that was sent to the model; the turns before it did not fit. */
export function ContextStartLine() {
  return <p className={styles.line}>{useStrings().turn.contextStart}</p>;
}
