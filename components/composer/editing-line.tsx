import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import { COMPOSER_ID } from './composer';
import styles from './editing-line.module.css';

/** Says that what is sent becomes a version of what was said before. */
export function EditingLine({ cancel }: { cancel: () => void }) {
  const { composing } = useStrings();
  const giveUp = () => {
    cancel();
    document.getElementById(COMPOSER_ID)?.focus();
  };
  return (
    <div className={styles.line}>
      <Icon name="rename" size={16} />
      <p role="status">{composing.editing}</p>
      <button type="button" onClick={giveUp}>
        {composing.cancelEdit}
      </button>
    </div>
  );
}
