import type { CSSProperties } from 'react';
import styles from './face.module.css';
import { Icon, type IconName } from './icon';

const ICON_SIZE = { small: 15, normal: 20, large: 32 } as const;

interface FaceProps {
  icon: IconName;
  size?: keyof typeof ICON_SIZE;
}

/** An assistant's face: its icon on its own tint. It takes the hue of the place where it stands. */
export function Face({ icon, size = 'normal' }: FaceProps) {
  return (
    <span className={`${styles.face} ${styles[size]}`}>
      <Icon name={icon} size={ICON_SIZE[size]} />
    </span>
  );
}

/** The properties of an element in which everything tinted takes this hue (degrees); null: the page's own. */
export const hueProps = (hue: number | null) =>
  hue === null
    ? {}
    : {
        'data-hue': '',
        // React's types know no custom properties.
        style: { '--hue': hue } as CSSProperties,
      };
