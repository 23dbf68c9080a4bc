import { isLive } from '@/lib/chat/turn';
import type { SessionChanged, TabMessage } from '../browser/browser-tabs';
import { type ClientContext, sessionOf, shownSession } from '../state/context';
import { applyChange } from './apply-change';
import type { AssistantSessions } from './assistant-sessions';
import { commitTurn } from './commit-turn';
import type { HistoryLoader } from './load-history';
import { listSession, noteTurn } from './note-sessions';

export interface TabFollower {
  /** Another tab of this browser has done something. */
  hear(message: TabMessage): void;
  /** Somebody looks again. */
  wake(): void;
}

/**
 * Shows what other tabs do. What they tell is applied as it is; the server is asked only where that is not enough, and
 * only for the conversation on screen, once somebody looks. The others are read when they are opened.
 */
export function createTabFollower(
  context: ClientContext,
  history: HistoryLoader,
  assistantSessions: AssistantSessions,
): TabFollower {
  const { page, preferences, conversations, sessions } = context;
  /** The conversation on screen is to be read, and nobody looks yet. */
  let unread: string | null = null;

  function read(sessionId: string): void {
    if (shownSession(context) !== sessionId) return;
    unread = page.visible() ? null : sessionId;
    if (unread === null) void history.load(sessionId);
  }

  function hearTurn({ sessionId, turn }: Extract<TabMessage, { type: 'turn' }>): void {
    const known = conversations.of(sessionId);
    // The end of a turn that is not on the path here: it must not come back where it was cleared away.
    const isElsewhere = !isLive(turn) && known && !known.turnIds.includes(turn.id);
    if (!known || isElsewhere) noteTurn(context, sessionId, turn);
    if (isElsewhere || (known && commitTurn(context, sessionId, turn) === 'gap')) read(sessionId);
    const session = sessions.getState().byId[sessionId];
    if (session) listSession(context, session);
  }

  /** An assistant cannot go on showing what is gone. One that has shown nothing since shows what came back. */
  function hearChange(change: SessionChanged): void {
    const goneFrom = change.type === 'removed' ? conversations.of(change.sessionId)?.assistantId : undefined;
    applyChange(context, change);
    if (change.type === 'removed') {
      if (goneFrom !== undefined && sessionOf(context, goneFrom) === change.sessionId) {
        assistantSessions.showNew(goneFrom);
      }
    } else if (change.type === 'restored') {
      showAgain(change.session);
    } else if (change.type === 'turnRestored') {
      read(change.sessionId);
    } else if (change.type === 'changed' && change.path) {
      read(change.session.id);
    }
  }

  function showAgain({ id, assistantId }: { id: string; assistantId: string }): void {
    if (shownSession(context) === id) {
      read(id);
      return;
    }
    const shown = conversations.of(sessionOf(context, assistantId) ?? '');
    const isUnused = shown?.phase === 'ready' && shown.turnIds.length === 0 && shown.title === '';
    const isOnScreen = preferences.getState().activeAssistantId === assistantId;
    if (isUnused && isOnScreen) void assistantSessions.open(assistantId, id);
  }

  return {
    hear(message) {
      if (message.type === 'turn') hearTurn(message);
      else hearChange(message);
    },
    wake() {
      if (unread !== null) read(unread);
    },
  };
}
