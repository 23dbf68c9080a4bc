import { decodeParent } from '../encode-id';
import { type StoredTurn, UNDO_MS } from '../store';
import { CorruptRecord } from '../store-error';
import { blankTurn, composeTurn, parseStatus, type TurnState } from '../stored-turn';
import type { SessionRow } from './sessions';
import type { Row, Sql } from './sql';

/** A turn's row. Ids are encoded; `parent` is `ROOT` for a root. */
export interface TurnRow extends TurnState {
  id: string;
  parent: string;
  lastChild: string | null;
  json: string;
}

export function findTurn(sql: Sql, sessionPk: number, id: string): TurnRow | undefined {
  const row = sql.get('SELECT * FROM turns WHERE tree = ? AND id = ?', sessionPk, id);
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

/** The turn, with its lease if it is the live one. */
export function storedTurnOf(session: SessionRow, row: TurnRow): StoredTurn {
  const isLive = session.active === row.id && session.leaseToken !== null && session.leaseEndsAt !== null;
  return {
    turn: composeTurn(row.json, row),
    lease: isLive
      ? { token: session.leaseToken ?? '', endsAt: session.leaseEndsAt ?? 0, stop: session.stop }
      : null,
  };
}

/** The live turn of a session. */
export function activeTurn(sql: Sql, session: SessionRow): StoredTurn | undefined {
  if (session.active === null) return undefined;
  const row = findTurn(sql, session.pk, session.active);
  if (!row) throw new CorruptRecord('the live turn of a session is missing');
  return storedTurnOf(session, row);
}

/** Whether the text of a deleted turn is still stored although the delete can no longer be undone. */
export const hasDueBlanks = (sql: Sql, session: SessionRow, now: number): boolean =>
  sql.get(`SELECT seq FROM turns WHERE ${DUE} LIMIT 1`, session.pk, now - UNDO_MS) !== undefined;

/** Removes the text of such turns for good. */
export function blankDue(sql: Sql, session: SessionRow, now: number): void {
  for (const row of sql.all(`SELECT * FROM turns WHERE ${DUE}`, session.pk, now - UNDO_MS)) {
    const turn = turnRowOf(row);
    const blank = JSON.stringify(blankTurn(composeTurn(turn.json, turn)));
    sql.run(
      'UPDATE turns SET json = ?, blanked = 1, user_hash = NULL WHERE tree = ? AND id = ?',
      blank,
      session.pk,
      turn.id,
    );
    sql.run('DELETE FROM turn_images WHERE turn = ?', row.integer('seq'));
  }
}

const DUE = 'tree = ? AND deleted_at IS NOT NULL AND blanked = 0 AND deleted_at <= ?';
