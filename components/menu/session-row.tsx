import { useId, useRef, useState } from 'react';
import type { Session } from '@/lib/chat/session';
import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { useSessionState } from '@/lib/client/hooks/session-list-hooks';
import { StateMark } from '../rail/state-mark';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useLanguage, useStrings } from '../use-strings';
import { RenameForm } from './rename-form';
import { type SessionAction, SessionActions } from './session-actions';
import styles from './session-row.module.css';

interface SessionRowProps {
  session: Session;
  isCurrent: boolean;
  /** Milliseconds since the epoch. */
  now: number;
  open: () => void;
  act: (action: Exclude<SessionAction, 'rename'>) => void;
  rename: (title: string) => void;
}

export function SessionRow({ session, isCurrent, now, open, act, rename }: SessionRowProps) {
  const { header } = useStrings();
  const conversationList = conversationListStrings(useLanguage());
  const [mode, setMode] = useState<'closed' | 'actions' | 'renaming'>('closed');
  const more = useRef<HTMLButtonElement>(null);
  const id = useId();
  const state = useSessionState(session);
  const title = session.title || header.untitled;

  const close = () => {
    setMode('closed');
    more.current?.focus();
  };
  const choose = (action: SessionAction) => {
    if (action === 'rename') return setMode('renaming');
    close();
    act(action);
  };

  return (
    <li className={styles.row} data-current={isCurrent || undefined}>
      <div className={styles.line}>
        <button type="button" className={styles.open} aria-current={isCurrent || undefined} onClick={open}>
          <span className={styles.title} dir="auto">
            {session.pinned && <Icon name="pin" size={14} />}
            <span>{title}</span>
            <StateMark state={state} />
            {session.pinned && <VisuallyHidden>, {conversationList.pinned}</VisuallyHidden>}
          </span>
          <span className={styles.preview} dir="auto">
            {session.preview}
          </span>
          <time className={styles.when} dateTime={new Date(session.updatedAt).toISOString()}>
            {conversationList.updatedAt(session.updatedAt, now)}
          </time>
        </button>
        <IconButton
          ref={more}
          icon="more"
          label={conversationList.actions(title)}
          size="small"
          aria-expanded={mode !== 'closed'}
          aria-controls={mode === 'closed' ? undefined : id}
          onClick={() => setMode(mode === 'closed' ? 'actions' : 'closed')}
        />
      </div>
      {mode === 'actions' && <SessionActions id={id} isPinned={session.pinned} act={choose} />}
      {mode === 'renaming' && (
        <RenameForm
          id={id}
          title={session.title}
          cancel={close}
          save={(next) => {
            close();
            rename(next);
          }}
        />
      )}
    </li>
  );
}
