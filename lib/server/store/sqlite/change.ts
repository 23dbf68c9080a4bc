import { decodeId, encodeId } from '../encode-id';
import type { ChangeResult, SessionChange, SessionRef } from '../store';
import { encodeText } from '../stored-turn';
import { lastShownLeaf, showPathTo } from './path';
import { expiryOf, liveSession, reload, type SessionRow, sessionOf } from './sessions';
import type { Sql } from './sql';
import { findTurn } from './turns';

/** `Store.change`, inside one transaction: all of the change or nothing. */
export function change(sql: Sql, request: SessionRef & { change: SessionChange; now: number }): ChangeResult {
  const { title, pinned, headTurnId, ttlMs } = request.change;
  const session = liveSession(sql, request, request.now);
  if (!session) return { kind: 'unknown' };
  if (headTurnId !== undefined) {
    if (session.active !== null) return { kind: 'busy', activeTurnId: decodeId(session.active) };
    const turn = findTurn(sql, session.pk, encodeId(headTurnId));
    if (!turn) return { kind: 'unknown_turn' };
    const leaf = lastShownLeaf(sql, session, turn);
    showPathTo(sql, session, leaf.id);
    sql.run(
      'UPDATE trees SET head = ?, head_depth = ?, head_status = ? WHERE pk = ?',
      leaf.id,
      leaf.depth,
      leaf.status,
      session.pk,
    );
  }
  if (title !== undefined) sql.run('UPDATE trees SET title = ? WHERE pk = ?', encodeText(title), session.pk);
  if (pinned !== undefined) sql.run('UPDATE trees SET pinned = ? WHERE pk = ?', pinned ? 1 : 0, session.pk);
  if (ttlMs !== undefined) setTtl(sql, session, ttlMs, request.now);
  return { kind: 'changed', session: sessionOf(reload(sql, session)) };
}

/** The time runs from now where that is later than the last turn: a short one never ends an old session at once. */
function setTtl(sql: Sql, session: SessionRow, ttlMs: number | null, now: number): void {
  const ownTtl = ttlMs === null ? 'never' : String(ttlMs);
  const expiresAt = expiryOf(ownTtl, null, Math.max(session.lastTurnAt, now));
  sql.run(
    'UPDATE trees SET own_ttl = ?, expires_at = ?, drop_at = ? WHERE pk = ?',
    ownTtl,
    expiresAt,
    expiresAt,
    session.pk,
  );
}
