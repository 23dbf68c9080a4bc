import { type Ref, useState } from 'react';
import { openAssistant, setDraft } from '@/lib/client/actions';
import { type ConversationView, useOnSend, usePending, useTurnIds } from '@/lib/client/hooks';
import type { OutboxEntry } from '@/lib/client/state/outbox-entry';
import { focusComposerAfter } from '../composer/composer-focus';
import { useNewcomer } from '../first-visit';
import { RENDERER } from '../markdown/renderer';
import { LazyPart, loadFailure, useLazyPart, useLoadAttempted } from '../ui/lazy-part';
import type { AssistantView } from '../use-assistants';
import { Unreadable } from './load-error';
import { Skeleton } from './skeleton';
import { PendingList } from './turns/pending-list';
import type { TurnsHandle } from './turns/turns-handle';
import styles from './view.module.css';
import { Welcome } from './welcome';

/** Shows turns. A newcomer has none: it loads with the first text that is typed or was kept. */
export const TURNS = new LazyPart(() => import('./turns/turns').then(({ Turns }) => Turns));

interface ViewProps {
  assistant: AssistantView;
  conversation: ConversationView;
  /** The conversation whose turns are on screen already. */
  drawnSessionId: string | null;
  /** Where the button that jumps to the newest message goes. */
  jumpPlace: HTMLElement | null;
  /** The turns on screen; null while there are none. */
  turns: Ref<TurnsHandle>;
}

/** What the middle of the page shows: the turns, or why there are none. A failed read is never the welcome. */
export function View({ assistant, conversation, drawnSessionId, jumpPlace, turns }: ViewProps) {
  const { sessionId, phase, error } = conversation;
  const ids = useTurnIds(sessionId);
  const pending = usePending(sessionId);
  const hasWords = ids.length > 0 || pending.length > 0;
  const newcomer = useNewcomer();
  const welcome = phase === 'ready' || (newcomer && phase === 'loading' && !sessionId);

  const mayDraw = useMayDraw(sessionId, { ids, pending, drawnSessionId });
  const Turns = useLazyPart(TURNS, hasWords);
  const isTurnless = useLoadAttempted(TURNS) && !Turns && ids.length > 0;

  if (Turns && sessionId && hasWords && mayDraw) {
    return (
      <Turns
        key={sessionId}
        assistant={assistant}
        conversation={conversation}
        sessionId={sessionId}
        jumpPlace={jumpPlace}
        handle={turns}
      />
    );
  }
  return (
    <div className={styles.view}>
      {phase === 'failed' && error && (
        <Unreadable failure={error} retry={() => openAssistant(assistant.id)} />
      )}
      {isTurnless && <Unreadable failure={loadFailure()} retry={TURNS.load} />}
      {((phase === 'loading' && !welcome) || ids.length > 0) && !isTurnless && (
        <div className={styles.column}>
          <Skeleton />
        </div>
      )}
      {/* Said before what shows turns is here, perhaps without a network. */}
      {!Turns && pending.length > 0 && (
        <div className={styles.column}>
          <PendingList pending={pending} replying={conversation.activeTurnId !== null} />
        </div>
      )}
      {welcome && !hasWords && <Welcome assistant={assistant} begin={(text) => fill(assistant.id, text)} />}
    </div>
  );
}

interface Loaded {
  ids: readonly string[];
  pending: readonly OutboxEntry[];
  drawnSessionId: string | null;
}

/**
 * Turns that were loaded wait for the Markdown renderer, so that nothing moves once it is there. A conversation that is
 * on screen, or in which a message was just sent, is never hidden for that.
 */
function useMayDraw(sessionId: string | null, { ids, pending, drawnSessionId }: Loaded): boolean {
  const rendererAttempted = useLoadAttempted(RENDERER);
  useLazyPart(RENDERER, ids.length > 0);
  const [sentIn, setSentIn] = useState<string | null>(null);
  useOnSend(sessionId, () => setSentIn(sessionId));
  return rendererAttempted || pending.length > 0 || drawnSessionId === sessionId || sentIn === sessionId;
}

/** A suggestion is a beginning: it goes into the composer, to be changed or sent. */
function fill(assistantId: string, text: string): void {
  focusComposerAfter(() => setDraft(assistantId, text));
}
