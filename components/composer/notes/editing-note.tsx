import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import { focusComposer } from '../composer-focus';
import styles from './editing-note.module.css';

/** Says that what is sent becomes a version of what was said before. */
export function EditingLine({ cancel }: { cancel: () => void }) {
  const { composer } = useStrings();
  const giveUp = () => {
    cancel();
    focusComposer();
  };
  return (
    <div className={styles.line}>
      <Icon name="rename" size={16} />
      <p role="status">{composer.editing}</p>
      <button type="button" onClick={giveUp}>
        {composer.cancelEdit}
      </button>
    </div>
  );
}
