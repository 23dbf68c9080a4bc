import { decodeId, encodeId } from '../encode-id';
import type { ChangeResult, SessionChange, SessionRef } from '../store';
import { encodeText } from '../stored-turn';
import { lastShownLeaf, showPathTo } from './path';
import type { Sql } from './sql';
import { endOf, liveTree, reload, sessionOf, type Tree } from './trees';
import { findTurn } from './turns';

/** `Store.change`, inside one transaction: all of the change or nothing. */
export function change(sql: Sql, request: SessionRef & { change: SessionChange; now: number }): ChangeResult {
  const { title, pinned, headTurnId, ttlMs } = request.change;
  const tree = liveTree(sql, request, request.now);
  if (!tree) return { kind: 'unknown' };
  if (headTurnId !== undefined) {
    if (tree.active !== null) return { kind: 'busy', activeTurnId: decodeId(tree.active) };
    const turn = findTurn(sql, tree.pk, encodeId(headTurnId));
    if (!turn) return { kind: 'unknown_turn' };
    const leaf = lastShownLeaf(sql, tree, turn);
    showPathTo(sql, tree, leaf.id);
    sql.run(
      'UPDATE trees SET head = ?, head_depth = ?, head_status = ? WHERE pk = ?',
      leaf.id,
      leaf.depth,
      leaf.status,
      tree.pk,
    );
  }
  if (title !== undefined) sql.run('UPDATE trees SET title = ? WHERE pk = ?', encodeText(title), tree.pk);
  if (pinned !== undefined) sql.run('UPDATE trees SET pinned = ? WHERE pk = ?', pinned ? 1 : 0, tree.pk);
  if (ttlMs !== undefined) keepFor(sql, tree, ttlMs, request.now);
  return { kind: 'changed', session: sessionOf(reload(sql, tree)) };
}

/** Counted from the choice, if that is later than the last turn: no choice makes a session vanish at once. */
function keepFor(sql: Sql, tree: Tree, ttlMs: number | null, now: number): void {
  const ownTtl = ttlMs === null ? 'never' : String(ttlMs);
  const expiresAt = endOf(ownTtl, null, Math.max(tree.lastTurnAt, now));
  sql.run(
    'UPDATE trees SET own_ttl = ?, expires_at = ?, drop_at = ? WHERE pk = ?',
    ownTtl,
    expiresAt,
    expiresAt,
    tree.pk,
  );
}
