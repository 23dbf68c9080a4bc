import type { SessionChanged } from '../browser/browser-tabs';
import type { ClientContext } from '../state/context';
import { sessionOf } from '../state/context';
import type { Undoable } from '../state/session-store';
import { applyChange } from '../sync/apply-change';
import type { HistoryLoader } from '../sync/load-history';
import type { Outbox } from '../sync/outbox';
import type { Actions } from './actions';
import { attempt } from './attempt';

type SessionActions = Pick<
  Actions,
  | 'rename'
  | 'setPinned'
  | 'clearConversation'
  | 'deleteConversation'
  | 'removeTurn'
  | 'undo'
  | 'dismissUndo'
  | 'chooseHead'
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

  /** What takes its whole conversation away takes the place of what was done within it. */
  function remember(what: UndoableWhat, sessionId: string, undoUntil: number): void {
    const { assistantId = '', title = '' } = identity(sessionId) ?? {};
    const isOver = (one: Undoable) => what.kind !== 'turn' && one.sessionId === sessionId;
    sessions.setState(({ undoable }) => ({
      undoable: [
        ...undoable.filter((one) => !isOver(one)),
        { ...what, sessionId, assistantId, title, undoUntil },
      ],
    }));
  }

  const forgetUndo = (what: Undoable) =>
    sessions.setState(({ undoable }) => ({ undoable: undoable.filter((one) => !isSame(one, what)) }));

  async function chooseHead(sessionId: string, turnId: string): Promise<void> {
    const session = await api.changeSession(sessionId, { headTurnId: turnId });
    show({ type: 'changed', session, path: true });
    await history.load(sessionId);
  }

  /** The version to be shown once this turn, the last of its path, is gone. */
  function versionBeside(sessionId: string, turnId: string): string | undefined {
    const known = conversations.of(sessionId);
    if (!known || known.turnIds.at(-1) !== turnId || known.activeTurnId !== null) return undefined;
    const ids = known.versions[turnId] ?? [];
    const at = ids.indexOf(turnId);
    return ids[at - 1] ?? ids[at + 1];
  }

  async function showRestored(sessionId: string, turnId: string): Promise<void> {
    await history.load(sessionId);
    const known = conversations.of(sessionId);
    // Another version has been shown since: what comes back is what is to be seen.
    if (known && !known.turnIds.includes(turnId)) await chooseHead(sessionId, turnId);
  }

  return {
    rename: (sessionId, title) => change(sessionId, { title }),
    setPinned: (sessionId, pinned) => change(sessionId, { pinned }),
    clearConversation: (sessionId) =>
      attempt(async () => {
        const { undoUntil } = await api.clearSession(sessionId);
        remember({ kind: 'clear' }, sessionId, undoUntil);
        show({ type: 'cleared', sessionId });
      }),
    deleteConversation: (sessionId) =>
      attempt(async () => {
        const { undoUntil } = await api.removeSession(sessionId);
        remember({ kind: 'delete' }, sessionId, undoUntil);
        const assistantId = identity(sessionId)?.assistantId;
        for (const { turnId } of outbox.of(sessionId)) outbox.remove(turnId);
        show({ type: 'removed', sessionId });
        if (assistantId !== undefined && sessionOf(context, assistantId) === sessionId) {
          open.newConversation(assistantId);
        }
      }),
    removeTurn: (sessionId, turnId) =>
      attempt(async () => {
        const beside = versionBeside(sessionId, turnId);
        const { undoUntil } = await api.removeTurn(sessionId, turnId);
        remember({ kind: 'turn', turnId }, sessionId, undoUntil);
        show({ type: 'turnRemoved', sessionId, turnId });
        if (beside !== undefined) await chooseHead(sessionId, beside);
        // All that was loaded is gone, and there is more above it.
        else if (conversations.of(sessionId)?.turnIds.length === 0) await history.load(sessionId);
      }),
    undo: (what) =>
      attempt(async () => {
        const { kind, sessionId } = what;
        if (kind === 'turn') {
          await api.restoreTurn(sessionId, what.turnId);
          forgetUndo(what);
          show({ type: 'turnRestored', sessionId });
          await showRestored(sessionId, what.turnId);
        } else {
          const session = await api.restoreSession(sessionId);
          forgetUndo(what);
          show({ type: 'restored', session });
          if (kind === 'delete') await open.openSession(session.assistantId, sessionId);
          else await history.load(sessionId);
        }
      }),
    dismissUndo: forgetUndo,
    chooseHead: (sessionId, turnId) => attempt(() => chooseHead(sessionId, turnId)),
  };
}

/** What was done, without where. */
type UndoableWhat = { kind: 'clear' | 'delete' } | { kind: 'turn'; turnId: string };

const isSame = (a: Undoable, b: Undoable): boolean =>
  a.kind === b.kind &&
  a.sessionId === b.sessionId &&
  (a.kind !== 'turn' || b.kind !== 'turn' || a.turnId === b.turnId);
