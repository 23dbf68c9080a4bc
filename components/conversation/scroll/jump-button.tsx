import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './jump-button.module.css';

/** Jumps to the end of the conversation, and follows it from there. */
export function JumpButton({ hasUnseen, jump }: { hasUnseen: boolean; jump: () => void }) {
  const { conversation } = useStrings();
  const label = hasUnseen ? conversation.newBelowLabel : conversation.jumpToLatest;
  return (
    <button
      type="button"
      className={styles.jump}
      aria-label={label}
      title={label}
      data-unseen={hasUnseen || undefined}
      onClick={jump}
    >
      <Icon name="down" />
      {hasUnseen && <span>{conversation.newBelow}</span>}
    </button>
  );
}
