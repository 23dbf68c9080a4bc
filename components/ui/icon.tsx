import styles from './icon.module.css';

/** One path per icon on a 24-unit grid, drawn with a round 1.7 stroke. */
const PATHS = {
  spark: 'M12 3.5c.7 4.6 3.4 7.3 8 8-4.6.7-7.3 3.4-8 8-.7-4.6-3.4-7.3-8-8 4.6-.7 7.3-3.4 8-8z',
  book: 'M12 6.5C10 5 7 4.5 3.5 5v13c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 6.5zM12 6.5v13',
  code: 'm8.5 7-5 5 5 5M15.5 7l5 5-5 5M13.5 5l-3 14',
  history: 'M12 8v4.5l3 2M3.5 12a8.5 8.5 0 1 0 2.6-6.1L3.5 8.4M3.5 4v4.4h4.4',
  compose: 'M5 19.5V8a3 3 0 0 1 3-3h8a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3H8.5zM12 8v5M9.5 10.5h5',
  copy: 'M11.5 9h6a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-2.5 2.5h-6A2.5 2.5 0 0 1 9 17.5v-6A2.5 2.5 0 0 1 11.5 9zM5 15V6.5A1.5 1.5 0 0 1 6.5 5H15',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4.5v4.9h-4.9',
  send: 'M12 19V5.5M6 11l6-6 6 6',
  stop: 'M9.5 7h5A2.5 2.5 0 0 1 17 9.5v5a2.5 2.5 0 0 1-2.5 2.5h-5A2.5 2.5 0 0 1 7 14.5v-5A2.5 2.5 0 0 1 9.5 7z',
  down: 'M12 5v13.5M6 13l6 6 6-6',
  'chevron-right': 'm9 6 6 6-6 6',
  'chevron-left': 'm15 6-6 6 6 6',
  'chevron-down': 'm7 10 5 5 5-5',
  sun: 'M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3M5.6 18.4l1.3-1.3M17.1 6.9l1.3-1.3',
  moon: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z',
  system:
    'M5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 14.5v-8A1.5 1.5 0 0 1 5.5 5zM9 19.5h6',
  close: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
  more: 'M6 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8zM12 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8zM18 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8z',
  pin: 'M9 4h6l-.6 6 3.1 3.5h-11L9.6 10zM12 13.5V20',
  rename: 'M15.5 5.5a2.1 2.1 0 0 1 3 3L8 19l-4 1 1-4zM13.5 7.5l3 3',
  clear: 'm10 6.5 8 8-3.5 3.5h-5L5 13.5a1.5 1.5 0 0 1 0-2.1L10 6.5zM8 8.5l8 8M9.5 18H20',
  trash: 'M5 7h14M10 4h4M7 7l.8 11.2A2 2 0 0 0 9.8 20h4.4a2 2 0 0 0 2-1.8L17 7M10.2 11v5M13.8 11v5',
  image:
    'M7 5h10a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3zM4.5 16 9 12l3.5 3 3-2.5 4 3.5M15 8.3a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z',
  clock: 'M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
  alert: 'M12 8v4.5M12 16h.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
  lines: 'M5 7h14M5 12h14M5 17h9',
  open: 'M13.5 5H19v5.5M19 5l-8 8M17 14v3.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10',
  grow: 'M14 5h5v5M10 19H5v-5M19 5l-6 6M5 19l6-6',
  shrink: 'M19 10h-5V5M5 14h5v5M14 10l6-6M10 14l-6 6',
  download: 'M12 4.5v10.5M7.5 10.5 12 15l4.5-4.5M5 19.5h14',
  wrap: 'M4 6h16M4 12h12.5a3.2 3.2 0 0 1 0 6.4H12M14.5 15.8 12 18.4l2.5 2.6M4 18.4h4',
  search: 'M10.8 4.5a6.3 6.3 0 1 0 0 12.6 6.3 6.3 0 0 0 0-12.6zM15.4 15.4 20 20',
  'chevron-up': 'm7 14 5-5 5 5',
  quote: 'M5 6v12M9.5 8.5H19M9.5 12H19M9.5 15.5h6',
  speak: 'M5 9.8h3l4.2-3.6v11.6L8 14.2H5zM15.5 9.2a4 4 0 0 1 0 5.6M18 6.8a7.4 7.4 0 0 1 0 10.4',
  link: 'M10 13.8a3.6 3.6 0 0 0 5.2.2l3-3a3.6 3.6 0 0 0-5.1-5.1L12 7M14 10.2a3.6 3.6 0 0 0-5.2-.2l-3 3a3.6 3.6 0 0 0 5.1 5.1L12 17',
  onward: 'M4.5 12h13M12.5 6.5 18 12l-5.5 5.5M20.5 6v12',
  person: 'M12 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4zM5 19.5c.6-3.2 3.4-5 7-5s6.4 1.8 7 5',
  models: 'M12 4.5 19.5 8.5 12 12.5 4.5 8.5zM5.5 12.2 12 15.7l6.5-3.5M5.5 15.8 12 19.3l6.5-3.5',
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  name: IconName;
  /** Pixels at the usual text size, with which it grows. */
  size?: number;
  isFilled?: boolean;
}

/** Decorative: the control around it has the accessible name. */
export function Icon({ name, size = 20, isFilled = false }: IconProps) {
  return (
    <svg
      className={isFilled ? styles.filled : styles.icon}
      width={`${size / 16}rem`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
