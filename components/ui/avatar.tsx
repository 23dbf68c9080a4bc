import type { CSSProperties } from 'react';
import styles from './avatar.module.css';
import { Icon, type IconName } from './icon';

const ICON_SIZE = { small: 15, normal: 20, large: 32 } as const;

interface AvatarProps {
  icon: IconName;
  size?: keyof typeof ICON_SIZE;
}

/** An assistant's icon on its tint. The hue comes from the nearest `hueProps` around it. */
export function Avatar({ icon, size = 'normal' }: AvatarProps) {
  return (
    <span className={`${styles.avatar} ${styles[size]}`}>
      <Icon name={icon} size={ICON_SIZE[size]} />
    </span>
  );
}

/** Props for an element inside which everything tinted takes this hue (degrees); null: the page's own hue. */
export const hueProps = (hue: number | null) =>
  hue === null
    ? {}
    : {
        'data-hue': '',
        // React's types do not include custom properties.
        style: { '--hue': hue } as CSSProperties,
      };
