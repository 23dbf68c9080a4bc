import { useState } from 'react';
import { newConversation } from '@/lib/client/actions';
import { type ConversationView, useHealth, useSession } from '@/lib/client/hooks';
import { focusComposer } from '../../composer/composer-focus';
import { IconButton } from '../../ui/icon-button';
import type { AssistantView } from '../../use-assistants';
import { useStrings } from '../../use-strings';
import styles from './header.module.css';

interface HeaderProps {
  assistant: AssistantView;
  conversation: ConversationView;
  menuOpen: boolean;
  openMenu: () => void;
  /** null: there is nothing to search. */
  find: (() => void) | null;
}

export function Header({ assistant, conversation, menuOpen, openMenu, find }: HeaderProps) {
  const { header, find: findStrings } = useStrings();
  const kept = useKept(conversation);
  const session = useSession(conversation.sessionId);
  const title =
    conversation.title || session?.title || (conversation.phase === 'ready' ? header.untitled : '');

  const begin = () => {
    newConversation(assistant.id);
    focusComposer();
  };

  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1 className={styles.name}>{assistant.name}</h1>
        <p className={styles.about}>
          <span className={styles.title}>{title}</span>
          {kept && <span className={styles.kept}>{kept}</span>}
        </p>
      </div>
      {find && <IconButton icon="search" label={findStrings.open} onClick={find} />}
      <IconButton
        icon="history"
        label={header.openList}
        aria-haspopup="dialog"
        aria-expanded={menuOpen}
        onClick={openMenu}
      />
      <IconButton icon="compose" label={header.newConversation} onClick={begin} />
    </header>
  );
}

/** How long this conversation is kept, in words; null while there is nothing to keep. */
function useKept({ sessionId, empty }: ConversationView): string | null {
  const { header } = useStrings();
  const session = useSession(sessionId);
  const store = useHealth().value?.store;
  const [now] = useState(() => Date.now());
  if (!session || empty) return null;
  if (store && !store.durable) return header.keptInMemory;
  return session.expiresAt === null ? header.keptForever : header.keptUntil(session.expiresAt, now);
}
