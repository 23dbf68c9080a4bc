import styles from './context-start-line.module.css';
import { useTurnFooterStrings } from './use-turn-footer-strings';

/** Stands above the first turn that was sent to the model; the turns before it did not fit. */
export function ContextStartLine() {
  return <p className={styles.line}>{useTurnFooterStrings().contextStart}</p>;
}
