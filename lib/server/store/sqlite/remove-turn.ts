import { encodeId } from '../encode-id';
import { type RemoveResult, type StoredTurn, type TurnRef, UNDO_MS } from '../store';
import { liveSession, type SessionRow } from './sessions';
import type { Sql } from './sql';
import { findTurn, storedTurnOf, type TurnRow } from './turns';

type Request = TurnRef & { now: number };

/** `Store.removeTurn`, inside one transaction. */
export function removeTurn(sql: Sql, request: Request): RemoveResult {
  const { now } = request;
  const id = encodeId(request.turnId);
  const session = liveSession(sql, request, now);
  const turn = session && findTurn(sql, session.pk, id);
  if (!session || !turn) return { kind: 'unknown' };
  if (session.active === id) return { kind: 'busy', stored: storedTurnOf(session, turn) };
  if (turn.deletedAt !== null)
    return isGone(turn, now) ? { kind: 'unknown' } : { kind: 'removed', undoUntil: turn.deletedAt + UNDO_MS };
  setDeleted(sql, session, turn, now);
  return { kind: 'removed', undoUntil: now + UNDO_MS };
}

/** `Store.restoreTurn`, inside one transaction. */
export function restoreTurn(sql: Sql, request: Request): StoredTurn | null {
  const session = liveSession(sql, request, request.now);
  const turn = session && findTurn(sql, session.pk, encodeId(request.turnId));
  if (!session || !turn || isGone(turn, request.now)) return null;
  if (turn.deletedAt !== null) setDeleted(sql, session, turn, null);
  return storedTurnOf(session, { ...turn, deletedAt: null });
}

const isGone = (turn: TurnRow, now: number): boolean =>
  turn.deletedAt !== null && turn.deletedAt + UNDO_MS <= now;

function setDeleted(sql: Sql, session: SessionRow, turn: TurnRow, deletedAt: number | null): void {
  sql.run('UPDATE turns SET deleted_at = ? WHERE tree = ? AND id = ?', deletedAt, session.pk, turn.id);
  const onPath = sql.run(
    'UPDATE path SET hidden = ? WHERE tree = ? AND depth = ? AND turn = ?',
    deletedAt === null ? 0 : 1,
    session.pk,
    turn.depth,
    turn.id,
  );
  sql.run(
    'UPDATE trees SET shown = shown + ? WHERE pk = ?',
    deletedAt === null ? onPath : -onPath,
    session.pk,
  );
}
