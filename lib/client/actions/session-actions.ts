import type { ClientContext } from '../context';
import { sessionOf } from '../context';
import { withNewPath, withoutTurns } from '../conversation-changes';
import type { HistoryLoader } from '../load-history';
import { dropSession, noteSessions, patchSession } from '../note-sessions';
import type { Outbox } from '../outbox';
import type { Undoable } from '../session-store';
import type { Actions } from './actions';
import { attempt } from './attempt';

type SessionActions = Pick<
  Actions,
  'rename' | 'setPinned' | 'clearConversation' | 'deleteConversation' | 'undo' | 'dismissUndo' | 'chooseHead'
>;

export function createSessionActions(
  context: ClientContext,
  history: HistoryLoader,
  outbox: Outbox,
  open: Pick<Actions, 'newConversation' | 'openSession' | 'refreshSessions'>,
): SessionActions {
  const { api, conversations, sessions } = context;

  const change = (sessionId: string, what: Parameters<typeof api.changeSession>[1]) =>
    attempt(async () => {
      const session = await api.changeSession(sessionId, what);
      noteSessions(context, [session]);
      conversations.update(sessionId, (known) => ({ ...known, title: session.title }));
      if (what.pinned !== undefined) await open.refreshSessions(session.assistantId);
    });

  /** Who owns the conversation and what it is called, from whichever store knows it. */
  const identity = (sessionId: string) => sessions.getState().byId[sessionId] ?? conversations.of(sessionId);

  function remember(kind: Undoable['kind'], sessionId: string, undoUntil: number): void {
    const { assistantId = '', title = '' } = identity(sessionId) ?? {};
    forgetUndo(sessionId);
    sessions.setState(({ undoable }) => ({
      undoable: [...undoable, { kind, sessionId, assistantId, title, undoUntil }],
    }));
  }

  const forgetUndo = (sessionId: string) =>
    sessions.setState(({ undoable }) => ({
      undoable: undoable.filter((one) => one.sessionId !== sessionId),
    }));

  return {
    rename: (sessionId, title) => change(sessionId, { title }),
    setPinned: (sessionId, pinned) => change(sessionId, { pinned }),
    clearConversation: (sessionId) =>
      attempt(async () => {
        const { undoUntil } = await api.clearSession(sessionId);
        remember('clear', sessionId, undoUntil);
        conversations.update(sessionId, withoutTurns);
        patchSession(context, sessionId, {
          headTurnId: null,
          headStatus: null,
          activeTurnId: null,
          preview: '',
        });
      }),
    deleteConversation: (sessionId) =>
      attempt(async () => {
        const { undoUntil } = await api.removeSession(sessionId);
        remember('delete', sessionId, undoUntil);
        const assistantId = identity(sessionId)?.assistantId;
        for (const { turnId } of outbox.of(sessionId)) outbox.remove(turnId);
        dropSession(context, sessionId);
        conversations.forget(sessionId);
        if (assistantId !== undefined && sessionOf(context, assistantId) === sessionId) {
          open.newConversation(assistantId);
        }
      }),
    undo: (sessionId) =>
      attempt(async () => {
        const kind = sessions.getState().undoable.find((one) => one.sessionId === sessionId)?.kind;
        const session = await api.restoreSession(sessionId);
        forgetUndo(sessionId);
        noteSessions(context, [session]);
        conversations.update(sessionId, withNewPath);
        await open.refreshSessions(session.assistantId);
        if (kind === 'delete') await open.openSession(session.assistantId, sessionId);
        else await history.load(sessionId);
      }),
    dismissUndo: forgetUndo,
    chooseHead: (sessionId, turnId) =>
      attempt(async () => {
        noteSessions(context, [await api.changeSession(sessionId, { headTurnId: turnId })]);
        conversations.update(sessionId, withNewPath);
        await history.load(sessionId);
      }),
  };
}
