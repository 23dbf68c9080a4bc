import { useState } from 'react';
import { newConversation } from '@/lib/client/actions';
import { type ConversationView, useCookieMissing, useHealth, useSession } from '@/lib/client/hooks';
import { focusComposer } from '../../composer/composer-focus';
import { IconButton } from '../../ui/icon-button';
import type { AssistantView } from '../../use-assistants';
import { useStrings } from '../../use-strings';
import styles from './header.module.css';

interface HeaderProps {
  assistant: AssistantView;
  conversation: ConversationView;
  isMenuOpen: boolean;
  openMenu: () => void;
  /** null: there is nothing to search. */
  openFind: (() => void) | null;
}

/** The title of the conversation, with the buttons for search, the list and a new conversation. */
export function Header({ assistant, conversation, isMenuOpen, openMenu, openFind }: HeaderProps) {
  const { header, find } = useStrings();
  const retention = useRetention(conversation);
  const session = useSession(conversation.sessionId);
  const title =
    conversation.title || session?.title || (conversation.phase === 'ready' ? header.untitled : '');

  const startNew = () => {
    newConversation(assistant.id);
    focusComposer();
  };

  return (
    <header className={styles.header}>
      <div className={styles.text}>
        <h1 className={styles.name}>{assistant.name}</h1>
        <p className={styles.about}>
          <span className={styles.title}>{title}</span>
          {retention && <span className={styles.retention}>{retention}</span>}
        </p>
      </div>
      {openFind && <IconButton icon="search" label={find.open} onClick={openFind} />}
      <IconButton
        icon="history"
        label={header.openList}
        aria-haspopup="dialog"
        aria-expanded={isMenuOpen}
        onClick={openMenu}
      />
      <IconButton icon="compose" label={header.newConversation} onClick={startNew} />
    </header>
  );
}

/** Says how long this conversation is kept; null while it is empty, or if the browser could not find it again. */
function useRetention({ sessionId, isEmpty }: ConversationView): string | null {
  const { header } = useStrings();
  const session = useSession(sessionId);
  const store = useHealth().value?.store;
  const [now] = useState(() => Date.now());
  const cookieMissing = useCookieMissing();
  if (!session || isEmpty || cookieMissing) return null;
  if (store && !store.durable) return header.keptInMemory;
  return session.expiresAt === null ? header.keptForever : header.keptUntil(session.expiresAt, now);
}
