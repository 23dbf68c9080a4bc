import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon';
import styles from './icon-button.module.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'type' | 'className'> {
  icon: IconName;
  /** The accessible name, also the tooltip. */
  label: string;
  /** `small` (32 px) sits in lines of text; the other is 40 px, 44 where fingers point. */
  size?: 'small' | 'normal';
}

export function IconButton({ icon, label, size = 'normal', ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={styles[size]} {...rest}>
      <Icon name={icon} size={size === 'small' ? 16 : 20} />
    </button>
  );
}
