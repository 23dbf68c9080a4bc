import { Icon } from '../../ui/icon';
import styles from './attachments.module.css';

/** The button in the corner of an attached image. */
export function RemoveButton({ label, remove }: { label: string; remove: () => void }) {
  return (
    <button type="button" className={styles.remove} aria-label={label} title={label} onClick={remove}>
      <Icon name="close" size={14} />
    </button>
  );
}
