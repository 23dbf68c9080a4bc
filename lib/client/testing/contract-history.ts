import { type Session, titleOf } from '@/lib/chat/session';
import { isLive, startTurn, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer, SendBody, SessionChange, SessionsAnswer } from '@/lib/chat/wire';

/** What the contract server remembers: conversations as paths of turns, with a clock that only it moves. */
export function createContractHistory() {
  const sessions = new Map<string, Session>();
  const turns = new Map<string, Turn[]>();
  /** Turns that were deleted. */
  const hidden = new Set<string>();
  const aside = new Map<string, { session: Session | undefined; path: Turn[] }>();
  let clock = 5000;

  const pathOf = (sessionId: string): Turn[] => turns.get(sessionId) ?? [];

  const touch = (sessionId: string, turn: Turn, content: string) =>
    sessions.set(sessionId, {
      ...(sessions.get(sessionId) ?? newSession(sessionId, turn, content)),
      headTurnId: turn.id,
      headStatus: turn.status,
      activeTurnId: isLive(turn) ? turn.id : null,
      // As in the store: a session is touched a moment after its turn has ended.
      updatedAt: isLive(turn) ? turn.createdAt : turn.updatedAt + 1,
    });

  return {
    pathOf,
    activeTurn: (sessionId: string): string | null => sessions.get(sessionId)?.activeTurnId ?? null,
    clear(sessionId: string): void {
      aside.set(sessionId, { session: sessions.get(sessionId), path: pathOf(sessionId) });
      turns.set(sessionId, []);
    },
    remove(sessionId: string): void {
      aside.set(sessionId, { session: sessions.get(sessionId), path: pathOf(sessionId) });
      turns.delete(sessionId);
      sessions.delete(sessionId);
    },
    restore(sessionId: string): Session | undefined {
      const kept = aside.get(sessionId);
      if (!kept?.session) return undefined;
      sessions.set(sessionId, kept.session);
      turns.set(sessionId, kept.path);
      return kept.session;
    },
    removeTurn: (turnId: string) => void hidden.add(turnId),
    restoreTurn: (turnId: string) => void hidden.delete(turnId),
    change(sessionId: string, { title, pinned }: SessionChange): Session | undefined {
      const known = sessions.get(sessionId);
      if (!known) return undefined;
      const changed = { ...known, title: title ?? known.title, pinned: pinned ?? known.pinned };
      sessions.set(sessionId, changed);
      return changed;
    },
    find(turnId: string): { sessionId: string; turn: Turn } | undefined {
      for (const [sessionId, path] of turns) {
        const turn = path.find(({ id }) => id === turnId);
        if (turn) return { sessionId, turn };
      }
      return undefined;
    },
    begin({ sessionId, assistantId, turnId, content, parentId, continueFrom, model }: SendBody): Turn {
      clock += 10;
      const path = pathOf(sessionId);
      const parent = parentId === undefined ? (path.at(-1)?.id ?? null) : parentId;
      const begun = path.find(({ id }) => id === continueFrom)?.reply;
      const start = startTurn({
        id: turnId,
        assistantId,
        content,
        begun,
        model: model ?? 'demo:demo',
        now: clock,
      });
      const depth = path.findIndex(({ id }) => id === parent) + 1;
      const turn = { ...start, parentId: parent, depth };
      turns.set(sessionId, [...path.slice(0, depth), turn]);
      touch(sessionId, turn, content);
      return turn;
    },
    /** Replaces the turn; the session is touched only by its end, as the store does it. */
    replace(sessionId: string, turn: Turn): Turn {
      clock += 10;
      const changed = { ...turn, updatedAt: clock };
      turns.set(
        sessionId,
        pathOf(sessionId).map((one) => (one.id === turn.id ? changed : one)),
      );
      if (!isLive(changed)) touch(sessionId, changed, '');
      return changed;
    },
    history(sessionId: string, limit: number, before: string | null): HistoryAnswer {
      const path = pathOf(sessionId).filter(({ id }) => !hidden.has(id));
      const end = before === null ? path.length : path.findIndex(({ id }) => id === before);
      const page = path.slice(Math.max(0, end - limit), end);
      const known = sessions.get(sessionId);
      return {
        sessionId,
        assistantId: known?.assistantId ?? null,
        title: known?.title ?? '',
        total: path.length,
        turns: page,
        versions: {},
        activeTurnId: known?.activeTurnId ?? null,
        nextBefore: page[0] && page[0] !== path[0] ? page[0].id : null,
      };
    },
    sessions(assistantId: string | null, limit: number): SessionsAnswer {
      const list = [...sessions.values()]
        .filter((one) => assistantId === null || one.assistantId === assistantId)
        .sort((a, b) => b.updatedAt - a.updatedAt);
      return { sessions: list.slice(0, limit), total: list.length, nextBefore: null };
    },
  };
}

const newSession = (id: string, { assistantId, createdAt }: Turn, content: string): Session => ({
  v: 1,
  id,
  assistantId,
  title: titleOf(content),
  preview: '',
  headTurnId: null,
  headStatus: null,
  activeTurnId: null,
  createdAt,
  updatedAt: createdAt,
  pinned: false,
  expiresAt: null,
});
