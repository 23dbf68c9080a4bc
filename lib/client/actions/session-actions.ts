import { applyChange } from '../apply-change';
import type { ClientContext } from '../context';
import { sessionOf } from '../context';
import type { HistoryLoader } from '../load-history';
import type { Outbox } from '../outbox';
import type { Undoable } from '../session-store';
import type { SessionChanged } from '../tab-channel';
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
  open: Pick<Actions, 'newConversation' | 'openSession'>,
): SessionActions {
  const { api, conversations, sessions, tabs } = context;

  /** Shown here, and in the other tabs. */
  function show(change: SessionChanged): void {
    applyChange(context, change);
    tabs.tell(change);
  }

  const change = (sessionId: string, what: Parameters<typeof api.changeSession>[1]) =>
    attempt(async () => {
      const session = await api.changeSession(sessionId, what);
      show({ type: 'changed', session, path: false });
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
        show({ type: 'cleared', sessionId });
      }),
    deleteConversation: (sessionId) =>
      attempt(async () => {
        const { undoUntil } = await api.removeSession(sessionId);
        remember('delete', sessionId, undoUntil);
        const assistantId = identity(sessionId)?.assistantId;
        for (const { turnId } of outbox.of(sessionId)) outbox.remove(turnId);
        show({ type: 'removed', sessionId });
        if (assistantId !== undefined && sessionOf(context, assistantId) === sessionId) {
          open.newConversation(assistantId);
        }
      }),
    undo: (sessionId) =>
      attempt(async () => {
        const kind = sessions.getState().undoable.find((one) => one.sessionId === sessionId)?.kind;
        const session = await api.restoreSession(sessionId);
        forgetUndo(sessionId);
        show({ type: 'restored', session });
        if (kind === 'delete') await open.openSession(session.assistantId, sessionId);
        else await history.load(sessionId);
      }),
    dismissUndo: forgetUndo,
    chooseHead: (sessionId, turnId) =>
      attempt(async () => {
        const session = await api.changeSession(sessionId, { headTurnId: turnId });
        show({ type: 'changed', session, path: true });
        await history.load(sessionId);
      }),
  };
}
