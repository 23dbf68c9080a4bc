import { useRef, useState } from 'react';
import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { failureText } from '@/lib/chat/strings/failure-text';
import {
  clearConversation,
  deleteConversation,
  loadMoreSessions,
  openSession,
  rename,
  setPinned,
} from '@/lib/client/actions';
import { useConversation } from '@/lib/client/hooks';
import { useSessions } from '@/lib/client/hooks/session-list-hooks';
import { useNotices } from '../notices/notices';
import { useFailureStrings } from '../use-failure-strings';
import { useLanguage } from '../use-strings';
import type { SessionAction } from './session-actions';
import styles from './session-list.module.css';
import { SessionRow } from './session-row';

export function SessionList({ assistantId, close }: { assistantId: string; close: () => void }) {
  const { phase, error, sessions, hasMore, freeze } = useSessions(assistantId);
  const strings = useFailureStrings(error);
  const conversationList = conversationListStrings(useLanguage());
  const { sessionId } = useConversation(assistantId);
  const { report } = useNotices();
  const [now] = useState(() => Date.now());
  const box = useRef<HTMLDivElement>(null);

  const act: Record<Exclude<SessionAction, 'rename'>, (id: string) => void> = {
    pin: (id) => report(setPinned(id, true)),
    unpin: (id) => report(setPinned(id, false)),
    clear: (id) => report(clearConversation(id)),
    delete: (id) => {
      // The focused row is about to disappear, and with the last row the list.
      box.current?.focus();
      report(deleteConversation(id));
    },
  };

  if (sessions.length === 0) {
    const failed = phase === 'failed' && error;
    const text = failed
      ? failureText(strings, error, 'history')
      : conversationList[phase === 'ready' ? 'empty' : 'loading'];
    return (
      <div ref={box} tabIndex={-1} className={styles.box}>
        <p className={phase === 'loading' ? styles.loading : styles.none} role={failed ? 'alert' : 'status'}>
          {text}
        </p>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches what is done inside.
    <div
      ref={box}
      tabIndex={-1}
      className={styles.box}
      onPointerMove={freeze}
      onPointerDown={freeze}
      onFocus={freeze}
    >
      <ul className={styles.list} aria-label={strings.header.openList}>
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isCurrent={session.id === sessionId}
            now={now}
            open={() => {
              void openSession(assistantId, session.id);
              close();
            }}
            act={(action) => act[action](session.id)}
            rename={(title) => report(rename(session.id, title))}
          />
        ))}
        {hasMore && (
          <li>
            <button type="button" className={styles.more} onClick={() => loadMoreSessions(assistantId)}>
              {conversationList.showMore}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
