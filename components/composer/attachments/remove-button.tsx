import { Icon } from '../../ui/icon';
import styles from './attachments.module.css';

/** On the corner of what is attached: takes it away. */
export function RemoveButton({ label, remove }: { label: string; remove: () => void }) {
  return (
    <button type="button" className={styles.remove} aria-label={label} title={label} onClick={remove}>
      <Icon name="close" size={14} />
    </button>
  );
}
