import { type Ref, type RefObject, Suspense } from 'react';
import { openAssistant, setDraft } from '@/lib/client/actions';
import { type ConversationView, usePending, useTurnIds } from '@/lib/client/hooks';
import type { AssistantView } from '../assistants';
import { COMPOSER_ID } from '../composer/composer';
import { WithMarkdown } from '../markdown/with-markdown';
import { useNewcomer } from '../newcomer';
import { Skeleton } from './skeleton';
import { Turns } from './turns';
import type { TurnsHandle } from './turns-handle';
import { Unreadable } from './unreadable';
import styles from './view.module.css';
import { Welcome } from './welcome';

interface ViewProps {
  assistant: AssistantView;
  conversation: ConversationView;
  /** Where the way back to the newest stands. */
  jumpPlace: RefObject<HTMLElement | null>;
  /** The turns on screen; null while there are none. */
  turns: Ref<TurnsHandle>;
}

/** What the middle of the page shows: the turns, or why there are none. A failed read is never the welcome. */
export function View({ assistant, conversation, jumpPlace, turns }: ViewProps) {
  const { sessionId, phase, error } = conversation;
  const ids = useTurnIds(sessionId);
  const pending = usePending(sessionId);
  const hasWords = ids.length > 0 || pending.length > 0;
  const newcomer = useNewcomer();
  const welcome = phase === 'ready' || (newcomer && phase === 'loading' && !sessionId);

  if (sessionId && hasWords) {
    return (
      <Suspense key={sessionId} fallback={<Loading />}>
        {/* What is said now is shown at once; what is opened, when it can be shown as it will stay. */}
        <WithMarkdown wait={pending.length === 0}>
          <Turns
            assistant={assistant}
            conversation={conversation}
            sessionId={sessionId}
            jumpPlace={jumpPlace}
            handle={turns}
          />
        </WithMarkdown>
      </Suspense>
    );
  }
  return (
    <div className={styles.view}>
      {phase === 'failed' && error && (
        <Unreadable failure={error} retry={() => openAssistant(assistant.id)} />
      )}
      {phase === 'loading' && !welcome && <Lines />}
      {welcome && <Welcome assistant={assistant} begin={(text) => fill(assistant.id, text)} />}
    </div>
  );
}

const Lines = () => (
  <div className={styles.column}>
    <Skeleton />
  </div>
);

const Loading = () => (
  <div className={styles.view}>
    <Lines />
  </div>
);

/** A suggestion is a beginning: it goes into the composer, to be changed or sent. */
function fill(assistantId: string, text: string): void {
  setDraft(assistantId, text);
  document.getElementById(COMPOSER_ID)?.focus();
}
