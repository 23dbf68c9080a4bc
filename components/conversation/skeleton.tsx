import { VisuallyHidden } from '../ui/visually-hidden';
import { useStrings } from '../use-strings';
import styles from './skeleton.module.css';

/** A placeholder for turns. It appears after 150 ms, so that it does not flash when they load quickly. */
export function Skeleton() {
  const { conversation } = useStrings();
  return (
    <div className={styles.skeleton} role="status">
      <VisuallyHidden>{conversation.loading}</VisuallyHidden>
      <i className={styles.bubble} />
      <i className={styles.name} />
      <i />
      <i />
      <i className={styles.short} />
    </div>
  );
}
