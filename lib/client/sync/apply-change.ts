import type { SessionChanged } from '../browser/browser-tabs';
import type { ClientContext } from '../state/context';
import { withNewPath, withoutTurn, withoutTurns } from '../state/conversation-changes';
import { withoutEditOf } from '../state/draft';
import { dropSession, listSession, noteSessions, patchSession } from './note-sessions';

/** Shows what was done to a conversation: the same in the tab that did it and in those that are told. */
export function applyChange(context: ClientContext, change: SessionChanged): void {
  const { conversations, preferences } = context;
  const endEdit = (sessionId: string) => preferences.setState((known) => withoutEditOf(known, sessionId));
  switch (change.type) {
    case 'changed': {
      const { session, path } = change;
      noteSessions(context, [session]);
      conversations.update(session.id, (known) => ({
        ...(path ? withNewPath(known) : known),
        title: session.title,
      }));
      listSession(context, session);
      break;
    }
    case 'cleared':
      endEdit(change.sessionId);
      conversations.update(change.sessionId, withoutTurns);
      patchSession(context, change.sessionId, {
        headTurnId: null,
        headStatus: null,
        activeTurnId: null,
        preview: '',
      });
      break;
    case 'turnRemoved': {
      const { sessionId, turnId } = change;
      if (preferences.getState().editing[sessionId]?.turnId === turnId) endEdit(sessionId);
      conversations.update(sessionId, (known) => withoutTurn(known, turnId));
      break;
    }
    case 'turnRestored':
      conversations.update(change.sessionId, withNewPath);
      break;
    case 'removed':
      endEdit(change.sessionId);
      dropSession(context, change.sessionId);
      conversations.forget(change.sessionId);
      break;
    case 'restored':
      noteSessions(context, [change.session]);
      conversations.update(change.session.id, withNewPath);
      listSession(context, change.session);
  }
}
