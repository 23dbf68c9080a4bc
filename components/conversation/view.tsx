import type { RefObject } from 'react';
import { openAssistant, setDraft } from '@/lib/client/actions';
import { type ConversationView, usePending, useTurnIds } from '@/lib/client/hooks';
import type { AssistantView } from '../assistants';
import { COMPOSER_ID } from '../composer/composer';
import { Skeleton } from './skeleton';
import { Turns } from './turns';
import { Unreadable } from './unreadable';
import styles from './view.module.css';
import { Welcome } from './welcome';

interface ViewProps {
  assistant: AssistantView;
  conversation: ConversationView;
  /** Where the way back to the newest stands. */
  jumpPlace: RefObject<HTMLElement | null>;
}

/** What the middle of the page shows: the turns, or why there are none. A failed read is never the welcome. */
export function View({ assistant, conversation, jumpPlace }: ViewProps) {
  const { sessionId, phase, error } = conversation;
  const ids = useTurnIds(sessionId);
  const pending = usePending(sessionId);
  const hasWords = ids.length > 0 || pending.length > 0;

  if (sessionId && hasWords) {
    return (
      <Turns
        key={sessionId}
        assistant={assistant}
        conversation={conversation}
        sessionId={sessionId}
        jumpPlace={jumpPlace}
      />
    );
  }
  return (
    <div className={styles.view}>
      {phase === 'failed' && error && (
        <Unreadable failure={error} retry={() => openAssistant(assistant.id)} />
      )}
      {phase === 'loading' && (
        <div className={styles.column}>
          <Skeleton />
        </div>
      )}
      {phase === 'ready' && <Welcome assistant={assistant} begin={(text) => fill(assistant.id, text)} />}
    </div>
  );
}

/** A suggestion is a beginning: it goes into the composer, to be changed or sent. */
function fill(assistantId: string, text: string): void {
  setDraft(assistantId, text);
  document.getElementById(COMPOSER_ID)?.focus();
}
