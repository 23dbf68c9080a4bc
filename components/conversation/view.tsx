import { type Ref, useState } from 'react';
import { openAssistant, setDraft } from '@/lib/client/actions';
import { type ConversationView, useOnSend, usePending, useTurnIds } from '@/lib/client/hooks';
import type { OutboxEntry } from '@/lib/client/state/outbox-entry';
import { focusComposerAfter } from '../composer/composer-focus';
import { useFirstVisit } from '../first-visit';
import { RENDERER } from '../markdown/renderer';
import { LazyPart, loadFailure, useLazyPart, useLoadAttempted } from '../ui/lazy/lazy-part';
import type { AssistantView } from '../use-assistants';
import { LoadError } from './load-error';
import { Skeleton } from './skeleton';
import { PendingList } from './turns/pending-list';
import type { TurnsHandle } from './turns/turns-handle';
import styles from './view.module.css';
import { Welcome } from './welcome';

/** What shows turns. On a first visit it loads with the first text that is typed. */
export const TURNS = new LazyPart(() => import('./turns/turns').then(({ Turns }) => Turns));

interface ViewProps {
  assistant: AssistantView;
  conversation: ConversationView;
  /** The conversation whose turns are on screen. */
  drawnSessionId: string | null;
  /** The element that holds the jump button. */
  jumpContainer: HTMLElement | null;
  /** Set to null while no turns are on screen. */
  turns: Ref<TurnsHandle>;
}

/**
 * The middle of the page: the turns, the welcome, a skeleton while they load, or an error. After a failed load the
 * welcome is never shown, because it would say that the conversation is empty.
 */
export function View({ assistant, conversation, drawnSessionId, jumpContainer, turns }: ViewProps) {
  const { sessionId, phase, error } = conversation;
  const ids = useTurnIds(sessionId);
  const pending = usePending(sessionId);
  const hasMessages = ids.length > 0 || pending.length > 0;
  const isFirstVisit = useFirstVisit();
  const isWelcome = phase === 'ready' || (isFirstVisit && phase === 'loading' && !sessionId);

  const mayDraw = useMayDraw(sessionId, { ids, pending, drawnSessionId });
  const Turns = useLazyPart(TURNS, hasMessages);
  const hasScriptFailed = useLoadAttempted(TURNS) && !Turns && ids.length > 0;

  if (Turns && sessionId && hasMessages && mayDraw) {
    return (
      <Turns
        key={sessionId}
        assistant={assistant}
        conversation={conversation}
        sessionId={sessionId}
        jumpContainer={jumpContainer}
        handle={turns}
      />
    );
  }
  return (
    <div className={styles.view}>
      {phase === 'failed' && error && <LoadError failure={error} retry={() => openAssistant(assistant.id)} />}
      {hasScriptFailed && <LoadError failure={loadFailure()} retry={TURNS.load} />}
      {((phase === 'loading' && !isWelcome) || ids.length > 0) && !hasScriptFailed && (
        <div className={styles.column}>
          <Skeleton />
        </div>
      )}
      {/* A message can be sent before the script that shows turns has loaded, even without a network. */}
      {!Turns && pending.length > 0 && (
        <div className={styles.column}>
          <PendingList pending={pending} isReplying={conversation.activeTurnId !== null} />
        </div>
      )}
      {isWelcome && !hasMessages && (
        <Welcome
          assistant={assistant}
          fillComposer={(text) => focusComposerAfter(() => setDraft(assistant.id, text))}
        />
      )}
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
  const wasRendererTried = useLoadAttempted(RENDERER);
  useLazyPart(RENDERER, ids.length > 0);
  const [sentIn, setSentIn] = useState<string | null>(null);
  useOnSend(sessionId, () => setSentIn(sessionId));
  return wasRendererTried || pending.length > 0 || drawnSessionId === sessionId || sentIn === sessionId;
}
