import type { AssistantState } from '@/lib/client/state/assistant-states';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useStrings } from '../use-strings';
import styles from './state-mark.module.css';

/** A dot that shows the state of an assistant, with text for screen readers. */
export function StateMark({ state }: { state: AssistantState }) {
  const { rail } = useStrings();
  if (state === 'idle') return null;
  return (
    <span className={styles.mark} title={rail[state]}>
      <span className={`${styles.dot} ${styles[state]}`} />
      <VisuallyHidden>{rail[state]}</VisuallyHidden>
    </span>
  );
}
