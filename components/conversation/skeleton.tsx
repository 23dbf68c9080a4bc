import { Hidden } from '../ui/hidden';
import { useStrings } from '../use-strings';
import styles from './skeleton.module.css';

/** Lines where words will be. Comes only after 150 ms, so that a quick answer never flashes it. */
export function Skeleton() {
  const { conversation } = useStrings();
  return (
    <div className={styles.skeleton} role="status">
      <Hidden>{conversation.loading}</Hidden>
      <i className={styles.bubble} />
      <i className={styles.name} />
      <i />
      <i />
      <i className={styles.short} />
    </div>
  );
}
