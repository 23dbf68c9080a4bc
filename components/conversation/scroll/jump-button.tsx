import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from '../view.module.css';

/** Back to the newest words, and to following them. `news`: some came that the reader has not seen. */
export function JumpButton({ news, jump }: { news: boolean; jump: () => void }) {
  const { conversation } = useStrings();
  const label = news ? conversation.newBelowLabel : conversation.jumpToLatest;
  return (
    <button
      type="button"
      className={styles.jump}
      aria-label={label}
      title={label}
      data-news={news || undefined}
      onClick={jump}
    >
      <Icon name="down" />
      {news && <span>{conversation.newBelow}</span>}
    </button>
  );
}
