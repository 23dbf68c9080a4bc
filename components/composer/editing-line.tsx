import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import { focusComposer } from './composer-focus';
import styles from './editing-line.module.css';

/** Says that what is sent becomes a version of what was said before. */
export function EditingLine({ cancel }: { cancel: () => void }) {
  const { composing } = useStrings();
  const giveUp = () => {
    cancel();
    focusComposer();
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
