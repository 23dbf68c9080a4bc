import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icon';
import styles from './reply-note.module.css';

export interface NoteAction {
  icon: IconName;
  label: string;
  /** The way on that is offered first. */
  first?: boolean;
  onClick: () => void;
}

interface ReplyNoteProps {
  tone: 'quiet' | 'danger';
  children: ReactNode;
  /** What can be done about it. */
  actions: readonly NoteAction[];
}

/** How a reply ended, where it did not end as it should. */
export function ReplyNote({ tone, children, actions }: ReplyNoteProps) {
  return (
    <div className={`${styles.note} ${styles[tone]}`}>
      {tone === 'danger' && <Icon name="alert" size={18} />}
      <p>{children}</p>
      {actions.length > 0 && (
        <div className={styles.actions}>
          {actions.map(({ icon, label, first, onClick }) => (
            <button
              key={label}
              type="button"
              className={styles.action}
              data-first={first || undefined}
              onClick={onClick}
            >
              <Icon name={icon} size={15} />
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
