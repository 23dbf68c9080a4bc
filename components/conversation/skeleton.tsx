import { VisuallyHidden } from '../ui/visually-hidden';
import { useStrings } from '../use-strings';
import styles from './skeleton.module.css';

/** Lines where words will be. Comes only after 150 ms, so that a quick answer never flashes it. */
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
