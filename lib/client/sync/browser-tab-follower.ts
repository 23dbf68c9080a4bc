import { isLive } from '@/lib/chat/turn';
import type { BrowserTabMessage, SessionEvent } from '../browser/browser-tabs';
import { type ClientContext, sessionOf, shownSession } from '../state/context';
import { applySessionEvent } from './apply-session-event';
import { applyTurn } from './apply-turn';
import type { AssistantSessions } from './assistant-sessions';
import type { HistoryLoader } from './load-history';
import { insertIntoList, updateSessionOf } from './session-updates';

export interface BrowserTabFollower {
  receive(message: BrowserTabMessage): void;
  /** The page is visible again: reads what was put off while it was hidden. */
  resume(): void;
}

/**
 * Shows what other browser tabs do. Their messages are applied without a request where that is possible.
 * Otherwise the history is read, for the conversation on screen only and once the page is visible; others are
 * read when opened.
 */
export function createBrowserTabFollower(
  context: ClientContext,
  history: HistoryLoader,
  assistantSessions: AssistantSessions,
): BrowserTabFollower {
  const { page, preferences, conversations, sessions } = context;
  /** The session to read as soon as the page is visible. */
  let pendingRead: string | null = null;

  function read(sessionId: string): void {
    if (shownSession(context) !== sessionId) return;
    pendingRead = page.isVisible() ? null : sessionId;
    if (pendingRead === null) void history.load(sessionId);
  }

  function receiveTurn({ sessionId, turn }: Extract<BrowserTabMessage, { type: 'turn' }>): void {
    const conversation = conversations.of(sessionId);
    // The end of a turn that is not on the path here must not be added to it: the conversation may have been
    // cleared.
    const isOffPath = !isLive(turn) && conversation && !conversation.turnIds.includes(turn.id);
    if (!conversation || isOffPath) updateSessionOf(context, sessionId, turn);
    if (isOffPath || (conversation && applyTurn(context, sessionId, turn) === 'gap')) read(sessionId);
    const session = sessions.getState().byId[sessionId];
    if (session) insertIntoList(context, session);
  }

  function receiveSessionEvent(event: SessionEvent): void {
    const removedFrom = event.type === 'removed' ? conversations.of(event.sessionId)?.assistantId : undefined;
    applySessionEvent(context, event);
    if (event.type === 'removed') {
      if (removedFrom !== undefined && sessionOf(context, removedFrom) === event.sessionId) {
        assistantSessions.showNew(removedFrom);
      }
    } else if (event.type === 'restored') {
      showRestored(event.session);
    } else if (event.type === 'turnRestored') {
      read(event.sessionId);
    } else if (event.type === 'changed' && event.path) {
      read(event.session.id);
    }
  }

  /** Shows a restored session if its assistant is on screen with a new, empty conversation. */
  function showRestored({ id, assistantId }: { id: string; assistantId: string }): void {
    if (shownSession(context) === id) {
      read(id);
      return;
    }
    const shown = conversations.of(sessionOf(context, assistantId) ?? '');
    const isNew = shown?.phase === 'ready' && shown.turnIds.length === 0 && shown.title === '';
    const isOnScreen = preferences.getState().activeAssistantId === assistantId;
    if (isNew && isOnScreen) void assistantSessions.open(assistantId, id);
  }

  return {
    receive(message) {
      if (message.type === 'turn') receiveTurn(message);
      else receiveSessionEvent(message);
    },
    resume() {
      if (pendingRead !== null) read(pendingRead);
    },
  };
}
