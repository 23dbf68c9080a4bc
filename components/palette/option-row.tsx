import { Keys } from '../shortcuts/keys';
import { Icon } from '../ui/icon';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useStrings } from '../use-strings';
import type { Entry } from './entry';
import styles from './option-row.module.css';

interface OptionRowProps {
  id: string;
  entry: Entry;
  current: boolean;
  choose: () => void;
}

export function OptionRow({ id, entry, current, choose }: OptionRowProps) {
  const { palette } = useStrings();
  const { icon, label, detail, chosen, chord } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's, which keeps the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox points at it with aria-activedescendant.
    <div id={id} role="option" aria-selected={current} className={styles.option} onClick={choose}>
      <Icon name={icon} size={17} />
      <span className={styles.label} dir="auto">
        {label}
      </span>
      {detail && <span className={styles.detail}>{detail}</span>}
      {chosen && (
        <span className={styles.chosen}>
          <Icon name="check" size={15} />
          <VisuallyHidden>{palette.current}</VisuallyHidden>
        </span>
      )}
      {chord && <Keys chord={chord} />}
    </div>
  );
}
