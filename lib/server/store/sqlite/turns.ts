import { decodeParent } from '../encode-id';
import { type StoredTurn, UNDO_MS } from '../store';
import { CorruptRecord } from '../store-failure';
import { blankTurn, composeTurn, parseStatus, type TurnSide } from '../stored-turn';
import type { Row, Sql } from './sql';
import type { Tree } from './trees';

/** A turn's row. Ids are encoded; `parent` is `ROOT` for a root. */
export interface TurnRow extends TurnSide {
  id: string;
  parent: string;
  lastChild: string | null;
  json: string;
}

export function findTurn(sql: Sql, treePk: number, id: string): TurnRow | undefined {
  const row = sql.get('SELECT * FROM turns WHERE tree = ? AND id = ?', treePk, id);
  return row && turnRowOf(row);
}

export function turnRowOf(row: Row): TurnRow {
  return {
    id: row.text('id'),
    parent: row.text('parent'),
    parentId: decodeParent(row.text('parent')),
    depth: row.integer('depth'),
    status: parseStatus(row.text('status')),
    lastChild: row.maybeText('last_child'),
    deletedAt: row.maybeInteger('deleted_at'),
    json: row.text('json'),
  };
}

/** The turn with the lease that holds it, if it is the live one. */
export function storedTurnOf(tree: Tree, row: TurnRow): StoredTurn {
  const live = tree.active === row.id && tree.leaseToken !== null && tree.leaseEndsAt !== null;
  return {
    turn: composeTurn(row.json, row),
    lease: live ? { token: tree.leaseToken ?? '', endsAt: tree.leaseEndsAt ?? 0, stop: tree.stop } : null,
  };
}

/** The live turn of a session. */
export function activeTurn(sql: Sql, tree: Tree): StoredTurn | undefined {
  if (tree.active === null) return undefined;
  const row = findTurn(sql, tree.pk, tree.active);
  if (!row) throw new CorruptRecord('the live turn of a session is missing');
  return storedTurnOf(tree, row);
}

/** Whether a deleted turn's text is still there, though its delete can no longer be undone. */
export const hasDueBlanks = (sql: Sql, tree: Tree, now: number): boolean =>
  sql.get(`SELECT seq FROM turns WHERE ${DUE} LIMIT 1`, tree.pk, now - UNDO_MS) !== undefined;

/** Removes that text for good. */
export function blankDue(sql: Sql, tree: Tree, now: number): void {
  for (const row of sql.all(`SELECT * FROM turns WHERE ${DUE}`, tree.pk, now - UNDO_MS)) {
    const turn = turnRowOf(row);
    const blank = JSON.stringify(blankTurn(composeTurn(turn.json, turn)));
    sql.run(
      'UPDATE turns SET json = ?, blanked = 1, user_hash = NULL WHERE tree = ? AND id = ?',
      blank,
      tree.pk,
      turn.id,
    );
    sql.run('DELETE FROM turn_images WHERE turn = ?', row.integer('seq'));
  }
}

const DUE = 'tree = ? AND deleted_at IS NOT NULL AND blanked = 0 AND deleted_at <= ?';
