import { Icon } from '../ui/icon';
import { useWords } from '../words';
import styles from './view.module.css';

/** Back to the newest words, and to following them. */
export function JumpButton({ jump }: { jump: () => void }) {
  const { conversation } = useWords();
  return (
    <button
      type="button"
      className={styles.jump}
      aria-label={conversation.newest}
      title={conversation.newest}
      onClick={jump}
    >
      <Icon name="down" />
    </button>
  );
}
