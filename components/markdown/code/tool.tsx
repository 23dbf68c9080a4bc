import { Icon, type IconName } from '../../ui/icon';
import styles from './code-block.module.css';

interface ToolProps {
  icon: IconName;
  label: string;
  caption?: string;
  isPressed?: boolean;
  press: () => void;
}

/** A button in the caption of code or a diagram. */
export function Tool({ icon, label, caption, isPressed, press }: ToolProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-pressed={isPressed}
      aria-label={label}
      title={label}
      onClick={press}
    >
      <Icon name={icon} size={14} />
      {caption && <span>{caption}</span>}
    </button>
  );
}
