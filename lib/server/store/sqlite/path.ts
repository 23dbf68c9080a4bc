import { ROOT } from '../encode-id';
import { CorruptRecord } from '../store-failure';
import type { Sql } from './sql';
import type { Tree } from './trees';
import { findTurn, type TurnRow, turnRowOf } from './turns';

/** Undeleted turns of the shown path above `depth`, newest first. */
export function shownAbove(sql: Sql, tree: Tree, depth: number, limit: number): TurnRow[] {
  return sql
    .all(
      `SELECT turns.* FROM path JOIN turns ON turns.tree = path.tree AND turns.id = path.turn
       WHERE path.tree = ? AND path.hidden = 0 AND path.depth < ? ORDER BY path.depth DESC LIMIT ?`,
      tree.pk,
      depth,
      limit,
    )
    .map(turnRowOf);
}

/** The turn's depth if it is on the shown path, hidden or not. */
export function depthOnPath(sql: Sql, tree: Tree, id: string): number | null {
  const turn = findTurn(sql, tree.pk, id);
  if (!turn) return null;
  const row = sql.get('SELECT turn FROM path WHERE tree = ? AND depth = ?', tree.pk, turn.depth);
  return row?.text('turn') === id ? turn.depth : null;
}

/** Appends a turn that was just stored: below the end of the path. */
export function extendPath(
  sql: Sql,
  tree: Tree,
  turn: Pick<TurnRow, 'id' | 'parent' | 'depth' | 'deletedAt'>,
) {
  const hidden = turn.deletedAt === null ? 0 : 1;
  sql.run(
    'INSERT INTO path (tree, depth, turn, hidden) VALUES (?, ?, ?, ?)',
    tree.pk,
    turn.depth,
    turn.id,
    hidden,
  );
  sql.run('UPDATE trees SET shown = shown + ? WHERE pk = ?', 1 - hidden, tree.pk);
  sql.run(
    'UPDATE turns SET last_child = ? WHERE tree = ? AND id = ?',
    turn.id,
    tree.pk,
    turn.parent, // of a root: nobody
  );
}

/** Cuts the shown path so that it ends before `depth`. */
export function trimPath(sql: Sql, tree: Tree, depth: number): void {
  const shown = sql.get(
    'SELECT COUNT(*) AS shown FROM path WHERE tree = ? AND hidden = 0 AND depth >= ?',
    tree.pk,
    depth,
  );
  const removed = sql.run('DELETE FROM path WHERE tree = ? AND depth >= ?', tree.pk, depth);
  if (removed > 0)
    sql.run('UPDATE trees SET shown = shown - ? WHERE pk = ?', shown?.integer('shown') ?? 0, tree.pk);
}

/** Makes the shown path the one from the root to `leaf`. Touches only what is below the fork with the present one. */
export function showPathTo(sql: Sql, tree: Tree, leaf: string): void {
  const below: TurnRow[] = [];
  let id = leaf;
  let fork = -1;
  while (id !== ROOT) {
    const depth = depthOnPath(sql, tree, id);
    if (depth !== null) {
      fork = depth;
      break;
    }
    const turn = findTurn(sql, tree.pk, id);
    if (!turn) throw new CorruptRecord('a turn has a parent that is not there');
    below.push(turn);
    id = turn.parent;
  }
  trimPath(sql, tree, fork + 1);
  for (const turn of below.reverse()) extendPath(sql, tree, turn);
}

/** The leaf that was last shown below this turn. */
export function lastShownLeaf(sql: Sql, tree: Tree, turn: TurnRow): TurnRow {
  let leaf = turn;
  while (leaf.lastChild !== null) {
    const child = findTurn(sql, tree.pk, leaf.lastChild);
    if (!child) throw new CorruptRecord('a turn has a child that is not there');
    leaf = child;
  }
  return leaf;
}
