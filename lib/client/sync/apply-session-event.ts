import type { SessionEvent } from '../browser/browser-tabs';
import type { ClientContext } from '../state/context';
import { withNewPath, withoutTurn, withoutTurns } from '../state/conversation-changes';
import { withoutEditOf } from '../state/draft';
import { insertIntoList, mergeSessions, patchSession, removeSession } from './session-updates';

/** Shows what was done to a session, whether this browser tab did it or another one. */
export function applySessionEvent(context: ClientContext, event: SessionEvent): void {
  const { conversations, preferences } = context;
  const endEdit = (sessionId: string) => preferences.setState((state) => withoutEditOf(state, sessionId));
  switch (event.type) {
    case 'changed': {
      const { session, path } = event;
      mergeSessions(context, [session]);
      conversations.update(session.id, (conversation) => ({
        ...(path ? withNewPath(conversation) : conversation),
        title: session.title,
      }));
      insertIntoList(context, session);
      break;
    }
    case 'cleared':
      endEdit(event.sessionId);
      conversations.update(event.sessionId, withoutTurns);
      patchSession(context, event.sessionId, {
        headTurnId: null,
        headStatus: null,
        activeTurnId: null,
        preview: '',
      });
      break;
    case 'turnRemoved': {
      const { sessionId, turnId } = event;
      if (preferences.getState().editing[sessionId]?.turnId === turnId) endEdit(sessionId);
      conversations.update(sessionId, (conversation) => withoutTurn(conversation, turnId));
      break;
    }
    case 'turnRestored':
      conversations.update(event.sessionId, withNewPath);
      break;
    case 'removed':
      endEdit(event.sessionId);
      removeSession(context, event.sessionId);
      conversations.forget(event.sessionId);
      break;
    case 'restored':
      mergeSessions(context, [event.session]);
      conversations.update(event.session.id, withNewPath);
      insertIntoList(context, event.session);
  }
}
