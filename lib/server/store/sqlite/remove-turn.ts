import { encodeId } from '../encode-id';
import { type RemoveResult, type StoredTurn, type TurnRef, UNDO_MS } from '../store';
import type { Sql } from './sql';
import { liveTree, type Tree } from './trees';
import { findTurn, storedTurnOf, type TurnRow } from './turns';

type Request = TurnRef & { now: number };

/** `Store.removeTurn`, inside one transaction. */
export function removeTurn(sql: Sql, request: Request): RemoveResult {
  const { now } = request;
  const id = encodeId(request.turnId);
  const tree = liveTree(sql, request, now);
  const turn = tree && findTurn(sql, tree.pk, id);
  if (!tree || !turn) return { kind: 'unknown' };
  if (tree.active === id) return { kind: 'busy', stored: storedTurnOf(tree, turn) };
  if (turn.deletedAt !== null)
    return isGone(turn, now) ? { kind: 'unknown' } : { kind: 'removed', undoUntil: turn.deletedAt + UNDO_MS };
  setDeleted(sql, tree, turn, now);
  return { kind: 'removed', undoUntil: now + UNDO_MS };
}

/** `Store.restoreTurn`, inside one transaction. */
export function restoreTurn(sql: Sql, request: Request): StoredTurn | null {
  const tree = liveTree(sql, request, request.now);
  const turn = tree && findTurn(sql, tree.pk, encodeId(request.turnId));
  if (!tree || !turn || isGone(turn, request.now)) return null;
  if (turn.deletedAt !== null) setDeleted(sql, tree, turn, null);
  return storedTurnOf(tree, { ...turn, deletedAt: null });
}

const isGone = (turn: TurnRow, now: number): boolean =>
  turn.deletedAt !== null && turn.deletedAt + UNDO_MS <= now;

function setDeleted(sql: Sql, tree: Tree, turn: TurnRow, deletedAt: number | null): void {
  sql.run('UPDATE turns SET deleted_at = ? WHERE tree = ? AND id = ?', deletedAt, tree.pk, turn.id);
  const onPath = sql.run(
    'UPDATE path SET hidden = ? WHERE tree = ? AND depth = ? AND turn = ?',
    deletedAt === null ? 0 : 1,
    tree.pk,
    turn.depth,
    turn.id,
  );
  sql.run('UPDATE trees SET shown = shown + ? WHERE pk = ?', deletedAt === null ? onPath : -onPath, tree.pk);
}
