import { Keys } from '../shortcuts/keys';
import { Icon } from '../ui/icon';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useOverlayStrings } from '../use-overlay-strings';
import type { Entry } from './entry';
import styles from './option-row.module.css';

interface OptionRowProps {
  id: string;
  entry: Entry;
  isCurrent: boolean;
  choose: () => void;
}

export function OptionRow({ id, entry, isCurrent, choose }: OptionRowProps) {
  const { palette } = useOverlayStrings();
  const { icon, label, detail, selected, chord } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox refers to it with aria-activedescendant.
    <div id={id} role="option" aria-selected={isCurrent} className={styles.option} onClick={choose}>
      <Icon name={icon} size={17} />
      <span className={styles.label} dir="auto">
        {label}
      </span>
      {detail && <span className={styles.detail}>{detail}</span>}
      {selected && (
        <span className={styles.selected}>
          <Icon name="check" size={15} />
          <VisuallyHidden>{palette.current}</VisuallyHidden>
        </span>
      )}
      {chord && <Keys chord={chord} />}
    </div>
  );
}
