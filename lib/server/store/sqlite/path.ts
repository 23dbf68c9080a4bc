import { ROOT } from '../encode-id';
import { CorruptRecord } from '../store-error';
import type { SessionRow } from './sessions';
import type { Sql } from './sql';
import { findTurn, type TurnRow, turnRowOf } from './turns';

/** Undeleted turns of the shown path above `depth`, newest first. */
export function shownAbove(sql: Sql, session: SessionRow, depth: number, limit: number): TurnRow[] {
  return sql
    .all(
      `SELECT turns.* FROM path JOIN turns ON turns.tree = path.tree AND turns.id = path.turn
       WHERE path.tree = ? AND path.hidden = 0 AND path.depth < ? ORDER BY path.depth DESC LIMIT ?`,
      session.pk,
      depth,
      limit,
    )
    .map(turnRowOf);
}

/** The turn's depth if it is on the shown path, hidden or not. */
export function depthOnPath(sql: Sql, session: SessionRow, id: string): number | null {
  const turn = findTurn(sql, session.pk, id);
  if (!turn) return null;
  const row = sql.get('SELECT turn FROM path WHERE tree = ? AND depth = ?', session.pk, turn.depth);
  return row?.text('turn') === id ? turn.depth : null;
}

/** Appends a turn to the end of the shown path. */
export function extendPath(
  sql: Sql,
  session: SessionRow,
  turn: Pick<TurnRow, 'id' | 'parent' | 'depth' | 'deletedAt'>,
) {
  const hidden = turn.deletedAt === null ? 0 : 1;
  sql.run(
    'INSERT INTO path (tree, depth, turn, hidden) VALUES (?, ?, ?, ?)',
    session.pk,
    turn.depth,
    turn.id,
    hidden,
  );
  sql.run('UPDATE trees SET shown = shown + ? WHERE pk = ?', 1 - hidden, session.pk);
  sql.run(
    'UPDATE turns SET last_child = ? WHERE tree = ? AND id = ?',
    turn.id,
    session.pk,
    turn.parent, // a root has none: no row changes
  );
}

/** Removes the turns at `depth` and below from the shown path. */
export function trimPath(sql: Sql, session: SessionRow, depth: number): void {
  const shown = sql.get(
    'SELECT COUNT(*) AS shown FROM path WHERE tree = ? AND hidden = 0 AND depth >= ?',
    session.pk,
    depth,
  );
  const removed = sql.run('DELETE FROM path WHERE tree = ? AND depth >= ?', session.pk, depth);
  if (removed > 0)
    sql.run('UPDATE trees SET shown = shown - ? WHERE pk = ?', shown?.integer('shown') ?? 0, session.pk);
}

/** Makes the path from the root to `leaf` the shown one. Changes only what is below the fork with the current one. */
export function showPathTo(sql: Sql, session: SessionRow, leaf: string): void {
  const below: TurnRow[] = [];
  let id = leaf;
  let fork = -1;
  while (id !== ROOT) {
    const depth = depthOnPath(sql, session, id);
    if (depth !== null) {
      fork = depth;
      break;
    }
    const turn = findTurn(sql, session.pk, id);
    if (!turn) throw new CorruptRecord('a turn has a parent that is not there');
    below.push(turn);
    id = turn.parent;
  }
  trimPath(sql, session, fork + 1);
  for (const turn of below.reverse()) extendPath(sql, session, turn);
}

/** The leaf that was last shown below this turn. */
export function lastShownLeaf(sql: Sql, session: SessionRow, turn: TurnRow): TurnRow {
  let leaf = turn;
  while (leaf.lastChild !== null) {
    const child = findTurn(sql, session.pk, leaf.lastChild);
    if (!child) throw new CorruptRecord('a turn has a child that is not there');
    leaf = child;
  }
  return leaf;
}
