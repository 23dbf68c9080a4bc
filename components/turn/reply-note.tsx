import type { ReactNode } from 'react';
import { Icon } from '../ui/icon';
import styles from './reply-note.module.css';

interface ReplyNoteProps {
  tone: 'quiet' | 'danger';
  children: ReactNode;
  /** What can be done about it. */
  action?: { label: string; onClick: () => void };
}

/** How a reply ended, where it did not end as it should. */
export function ReplyNote({ tone, children, action }: ReplyNoteProps) {
  return (
    <div className={`${styles.note} ${styles[tone]}`}>
      {tone === 'danger' && <Icon name="alert" size={18} />}
      <p>{children}</p>
      {action && (
        <button type="button" className={styles.action} onClick={action.onClick}>
          <Icon name="retry" size={15} />
          {action.label}
        </button>
      )}
    </div>
  );
}
