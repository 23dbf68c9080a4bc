import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon';
import styles from './icon-button.module.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'type' | 'className'> {
  icon: IconName;
  /** The accessible name, also the tooltip. */
  label: string;
  /** `small` is 32 px, for rows of text; `normal` is 40 px, or 44 px on touch screens. */
  size?: 'small' | 'normal';
}

export function IconButton({ icon, label, size = 'normal', ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={styles[size]} {...rest}>
      <Icon name={icon} size={size === 'small' ? 16 : 20} />
    </button>
  );
}
