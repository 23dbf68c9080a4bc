import type { SessionChange } from '@/lib/chat/wire';
import type { SessionEvent } from '../browser/browser-tabs';
import type { ActionResult } from '../http/client-error';
import type { ClientContext } from '../state/context';
import { sessionOf } from '../state/context';
import type { Undoable } from '../state/session-store';
import { applySessionEvent } from '../sync/apply-session-event';
import type { AssistantSessions } from '../sync/assistant-sessions';
import type { HistoryLoader } from '../sync/load-history';
import type { Outbox } from '../sync/outbox';
import { attempt } from './attempt';

export function createSessionActions(
  context: ClientContext,
  {
    history,
    outbox,
    assistantSessions,
  }: { history: HistoryLoader; outbox: Outbox; assistantSessions: AssistantSessions },
) {
  const { api, conversations, sessions, browserTabs } = context;

  /** Shows the event here and in the other browser tabs. */
  function show(event: SessionEvent): void {
    applySessionEvent(context, event);
    browserTabs.post(event);
  }

  const change = (sessionId: string, fields: SessionChange) =>
    attempt(async () => {
      const session = await api.changeSession(sessionId, fields);
      show({ type: 'changed', session, path: false });
    });

  /** The session's assistant and title, from whichever store has them. */
  const find = (sessionId: string) => sessions.getState().byId[sessionId] ?? conversations.of(sessionId);

  /** A clear or a delete of the session replaces what could be undone within it. */
  function addUndoable(undo: UndoTarget, sessionId: string, undoUntil: number): void {
    const { assistantId = '', title = '' } = find(sessionId) ?? {};
    const isReplaced = (other: Undoable) => undo.kind !== 'turn' && other.sessionId === sessionId;
    sessions.setState(({ undoable }) => ({
      undoable: [
        ...undoable.filter((other) => !isReplaced(other)),
        { ...undo, sessionId, assistantId, title, undoUntil },
      ],
    }));
  }

  const removeUndoable = (undo: Undoable) =>
    sessions.setState(({ undoable }) => ({ undoable: undoable.filter((other) => !isSame(other, undo)) }));

  async function chooseHead(sessionId: string, turnId: string): Promise<void> {
    const session = await api.changeSession(sessionId, { headTurnId: turnId });
    show({ type: 'changed', session, path: true });
    await history.load(sessionId);
  }

  /** The version to show after this turn is deleted; undefined unless it is the last of the path. */
  function nearestVersion(sessionId: string, turnId: string): string | undefined {
    const conversation = conversations.of(sessionId);
    if (conversation?.turnIds.at(-1) !== turnId || conversation.activeTurnId !== null) return undefined;
    const ids = conversation.versions[turnId] ?? [];
    const at = ids.indexOf(turnId);
    return ids[at - 1] ?? ids[at + 1];
  }

  async function showRestored(sessionId: string, turnId: string): Promise<void> {
    await history.load(sessionId);
    const conversation = conversations.of(sessionId);
    // Another version was chosen since: switch to the restored turn.
    if (conversation && !conversation.turnIds.includes(turnId)) await chooseHead(sessionId, turnId);
  }

  return {
    rename: (sessionId: string, title: string): Promise<ActionResult> => change(sessionId, { title }),
    setPinned: (sessionId: string, isPinned: boolean): Promise<ActionResult> =>
      change(sessionId, { pinned: isPinned }),
    clearConversation: (sessionId: string): Promise<ActionResult> =>
      attempt(async () => {
        const { undoUntil } = await api.clearSession(sessionId);
        addUndoable({ kind: 'clear' }, sessionId, undoUntil);
        show({ type: 'cleared', sessionId });
      }),
    /** Deletes the conversation and its unsent messages. If it was on screen, a new one takes its place. */
    deleteConversation: (sessionId: string): Promise<ActionResult> =>
      attempt(async () => {
        const { undoUntil } = await api.removeSession(sessionId);
        addUndoable({ kind: 'delete' }, sessionId, undoUntil);
        const assistantId = find(sessionId)?.assistantId;
        for (const { turnId } of outbox.of(sessionId)) outbox.remove(turnId);
        show({ type: 'removed', sessionId });
        if (assistantId !== undefined && sessionOf(context, assistantId) === sessionId) {
          assistantSessions.showNew(assistantId);
        }
      }),
    /**
     * Deletes one turn; those after it stay. If it was the last and has other versions, the nearest is shown.
     */
    removeTurn: (sessionId: string, turnId: string): Promise<ActionResult> =>
      attempt(async () => {
        const version = nearestVersion(sessionId, turnId);
        const { undoUntil } = await api.removeTurn(sessionId, turnId);
        addUndoable({ kind: 'turn', turnId }, sessionId, undoUntil);
        show({ type: 'turnRemoved', sessionId, turnId });
        if (version !== undefined) await chooseHead(sessionId, version);
        // The only loaded turn is gone, but there may be older ones.
        else if (conversations.of(sessionId)?.turnIds.length === 0) await history.load(sessionId);
      }),
    /** Undoes a clear, or the delete of a conversation or a turn, within 10 minutes. */
    undo: (undoable: Undoable): Promise<ActionResult> =>
      attempt(async () => {
        const { kind, sessionId } = undoable;
        if (kind === 'turn') {
          await api.restoreTurn(sessionId, undoable.turnId);
          removeUndoable(undoable);
          show({ type: 'turnRestored', sessionId });
          await showRestored(sessionId, undoable.turnId);
        } else {
          const session = await api.restoreSession(sessionId);
          removeUndoable(undoable);
          show({ type: 'restored', session });
          if (kind === 'delete') await assistantSessions.open(session.assistantId, sessionId);
          else await history.load(sessionId);
        }
      }),
    /** Closes the notice that offers the undo. */
    dismissUndo: removeUndoable,
    /** Shows another version: the path through this turn. */
    chooseHead: (sessionId: string, turnId: string): Promise<ActionResult> =>
      attempt(() => chooseHead(sessionId, turnId)),
  };
}

type UndoTarget = { kind: 'clear' | 'delete' } | { kind: 'turn'; turnId: string };

const isSame = (a: Undoable, b: Undoable): boolean =>
  a.kind === b.kind &&
  a.sessionId === b.sessionId &&
  (a.kind !== 'turn' || b.kind !== 'turn' || a.turnId === b.turnId);
