import { decodeId } from '../encode-id';
import { type ChangeResult, type RemoveResult, type SessionRef, UNDO_MS } from '../store';
import { encodeText } from '../stored-turn';
import {
  findSession,
  GRACE_MS,
  isExpired,
  lastUndoSnapshot,
  liveSession,
  nextEpoch,
  reload,
  type SessionRow,
  sessionOf,
  type UndoKind,
} from './sessions';
import type { Sql } from './sql';
import { activeTurn } from './turns';

type Request = SessionRef & { now: number };

/** `Store.clear`, inside one transaction. Clearing an empty session makes no snapshot: an earlier one stays the newest. */
export function clear(sql: Sql, request: Request): RemoveResult {
  const session = liveSession(sql, request, request.now);
  if (!session) return { kind: 'unknown' };
  const stored = activeTurn(sql, session);
  if (stored) return { kind: 'busy', stored };
  if (session.head === null) {
    const before = lastUndoSnapshot(sql, request, request.now);
    return { kind: 'removed', undoUntil: before?.undoUntil ?? request.now + UNDO_MS };
  }
  const undoUntil = keepSnapshot(sql, session, 'clear', request.now);
  sql.run(
    `INSERT INTO trees (owner, session, level, assistant, title, preview, pinned, own_ttl, created_at, updated_at,
       last_turn_at, expires_at, drop_at)
     SELECT owner, session, 0, assistant, title, ?, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at,
       expires_at FROM trees WHERE pk = ?`,
    encodeText(''),
    session.pk,
  );
  return { kind: 'removed', undoUntil };
}

/** `Store.remove`, inside one transaction. */
export function remove(sql: Sql, request: Request): RemoveResult {
  const session = liveSession(sql, request, request.now);
  if (!session) return { kind: 'unknown' };
  const stored = activeTurn(sql, session);
  if (stored) return { kind: 'busy', stored };
  return { kind: 'removed', undoUntil: keepSnapshot(sql, session, 'remove', request.now) };
}

function keepSnapshot(sql: Sql, session: SessionRow, kind: UndoKind, now: number): number {
  const until = now + UNDO_MS;
  sql.run(
    'UPDATE trees SET level = ?, aside_kind = ?, aside_until = ?, drop_at = ? WHERE pk = ?',
    nextEpoch(sql, session),
    kind,
    until,
    until + GRACE_MS,
    session.pk,
  );
  return until;
}

/** `Store.restore`, inside one transaction. The newer turns move into the snapshot, because they are usually fewer. */
export function restore(sql: Sql, request: Request): ChangeResult {
  const { now } = request;
  const current = findSession(sql, request);
  const snapshot = lastUndoSnapshot(sql, request, now);
  if (!snapshot || isExpired(snapshot, now) || (current && isExpired(current, now)))
    return { kind: 'unknown' };
  if (!current) return snapshot.undoKind === 'remove' ? showSnapshot(sql, snapshot) : { kind: 'unknown' };
  if (current.active !== null) return { kind: 'busy', activeTurnId: decodeId(current.active) };
  if (current.assistant !== snapshot.assistant) return { kind: 'unknown' };
  if (snapshot.head === null) moveSession(sql, current, snapshot);
  else moveTurns(sql, current, snapshot);
  mergeSettings(sql, current, snapshot);
  sql.run('DELETE FROM trees WHERE pk = ?', current.pk);
  return showSnapshot(sql, snapshot);
}

/** The newer roots become versions of the snapshot's root; the snapshot's path stays the shown one. */
function moveTurns(sql: Sql, current: SessionRow, snapshot: SessionRow): void {
  sql.run('UPDATE turns SET tree = ? WHERE tree = ?', snapshot.pk, current.pk);
}

/** For a snapshot without turns: the newer path stays the shown one. */
function moveSession(sql: Sql, current: SessionRow, snapshot: SessionRow): void {
  sql.run('UPDATE turns SET tree = ? WHERE tree = ?', snapshot.pk, current.pk);
  sql.run('UPDATE path SET tree = ? WHERE tree = ?', snapshot.pk, current.pk);
  sql.run(
    `UPDATE trees SET (head, head_depth, head_status, shown, preview) =
       (SELECT head, head_depth, head_status, shown, preview FROM trees WHERE pk = ?) WHERE pk = ?`,
    current.pk,
    snapshot.pk,
  );
}

/** A cleared session kept its settings, so the current ones hold. A removed session's settings come back with it. */
function mergeSettings(sql: Sql, current: SessionRow, snapshot: SessionRow): void {
  const settings = snapshot.undoKind === 'clear' ? current : snapshot;
  const expiresAt =
    snapshot.undoKind === 'clear' ? current.expiresAt : laterOf(current.expiresAt, snapshot.expiresAt);
  sql.run(
    `UPDATE trees SET title = ?, pinned = ?, own_ttl = ?, updated_at = ?, last_turn_at = ?, expires_at = ?
     WHERE pk = ?`,
    settings.title,
    settings.pinned ? 1 : 0,
    settings.ownTtl,
    Math.max(current.updatedAt, snapshot.updatedAt),
    Math.max(current.lastTurnAt, snapshot.lastTurnAt),
    expiresAt,
    snapshot.pk,
  );
}

const laterOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.max(a, b);

function showSnapshot(sql: Sql, snapshot: SessionRow): ChangeResult {
  sql.run(
    'UPDATE trees SET level = 0, aside_kind = NULL, aside_until = NULL, drop_at = expires_at WHERE pk = ?',
    snapshot.pk,
  );
  return { kind: 'changed', session: sessionOf(reload(sql, snapshot)) };
}
