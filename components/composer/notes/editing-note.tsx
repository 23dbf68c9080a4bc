import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import { focusComposer } from '../composer-focus';
import styles from './editing-note.module.css';

/** Says that the message will be sent as a version of an earlier one, with a button that cancels the edit. */
export function EditingNote({ cancel }: { cancel: () => void }) {
  const { composer } = useStrings();
  return (
    <div className={styles.note}>
      <Icon name="rename" size={16} />
      <p role="status">{composer.editing}</p>
      <button
        type="button"
        onClick={() => {
          cancel();
          focusComposer();
        }}
      >
        {composer.cancelEdit}
      </button>
    </div>
  );
}
