import { isLive } from '@/lib/chat/turn';
import { encodeId } from '../encode-id';
import type { StoredTurn, TurnRef, WriteRequest, WriteResult } from '../store';
import { encodeText } from '../stored-turn';
import type { Sql } from './sql';
import { liveTree, type Tree } from './trees';
import { blankDue, findTurn, storedTurnOf } from './turns';

/** `Store.write`, inside one transaction. */
export function write(sql: Sql, request: WriteRequest): WriteResult {
  const { turn, now } = request;
  const id = encodeId(request.turnId);
  const tree = liveTree(sql, request, now);
  if (!tree) return { held: false, stored: null };
  if (!holds(tree, id, request)) return refused(sql, tree, id, request);
  if (!turn) {
    sql.run('UPDATE trees SET lease_ends_at = ? WHERE pk = ?', request.endsAt, tree.pk);
  } else {
    sql.run(
      'UPDATE turns SET json = ?, status = ? WHERE tree = ? AND id = ?',
      JSON.stringify(turn),
      turn.status,
      tree.pk,
      id,
    );
    if (isLive(turn)) sql.run('UPDATE trees SET lease_ends_at = ? WHERE pk = ?', request.endsAt, tree.pk);
    else endLease(sql, tree, turn.status, request);
  }
  return { held: true, stop: tree.stop };
}

function holds(tree: Tree, id: string, { token, ifExpired, now }: WriteRequest): boolean {
  if (tree.active !== id || tree.leaseToken !== token) return false;
  return !ifExpired || (tree.leaseEndsAt ?? 0) <= now;
}

function refused(sql: Sql, tree: Tree, id: string, request: WriteRequest): WriteResult {
  blankDue(sql, tree, request.now);
  const row = findTurn(sql, tree.pk, id);
  // The answer to this very write was lost on its way, and it was made again: what stands there is what it wrote.
  const isOver = row && tree.active !== id && row.deletedAt === null;
  const replayed = isOver && request.turn && row.json === JSON.stringify(request.turn);
  if (replayed) return { held: true, stop: false };
  return { held: false, stored: row ? storedTurnOf(tree, row) : null };
}

function endLease(sql: Sql, tree: Tree, status: string, { preview, now }: WriteRequest): void {
  sql.run(
    `UPDATE trees SET active = NULL, lease_token = NULL, lease_ends_at = NULL, stop = 0, head_status = ?,
       updated_at = ?, preview = ? WHERE pk = ?`,
    status,
    now,
    preview === undefined ? tree.preview : encodeText(preview),
    tree.pk,
  );
}

/** `Store.requestStop`, inside one transaction. */
export function requestStop(sql: Sql, ref: TurnRef & { now: number }): StoredTurn | null {
  const id = encodeId(ref.turnId);
  const tree = liveTree(sql, ref, ref.now);
  if (tree) blankDue(sql, tree, ref.now);
  const row = tree && findTurn(sql, tree.pk, id);
  if (!tree || !row) return null;
  if (tree.active !== id) return storedTurnOf(tree, row);
  sql.run('UPDATE trees SET stop = 1 WHERE pk = ?', tree.pk);
  return storedTurnOf({ ...tree, stop: true }, row);
}
