import { decodeId } from '../encode-id';
import { type ChangeResult, type RemoveResult, type SessionRef, UNDO_MS } from '../store';
import { encodeText } from '../stored-turn';
import type { Sql } from './sql';
import {
  type AsideKind,
  GRACE_MS,
  isExpired,
  lastAside,
  liveTree,
  nextLevel,
  reload,
  sessionOf,
  storedTree,
  type Tree,
} from './trees';
import { activeTurn } from './turns';

type Request = SessionRef & { now: number };

/** `Store.clear`, inside one transaction. Clearing an empty session takes no earlier clear's undo away. */
export function clear(sql: Sql, request: Request): RemoveResult {
  const tree = liveTree(sql, request, request.now);
  if (!tree) return { kind: 'unknown' };
  const stored = activeTurn(sql, tree);
  if (stored) return { kind: 'busy', stored };
  if (tree.head === null) {
    const before = lastAside(sql, request, request.now);
    return { kind: 'removed', undoUntil: before?.asideUntil ?? request.now + UNDO_MS };
  }
  const undoUntil = setAside(sql, tree, 'clear', request.now);
  sql.run(
    `INSERT INTO trees (owner, session, level, assistant, title, preview, pinned, own_ttl, created_at, updated_at,
       last_turn_at, expires_at, drop_at)
     SELECT owner, session, 0, assistant, title, ?, pinned, own_ttl, created_at, updated_at, last_turn_at, expires_at,
       expires_at FROM trees WHERE pk = ?`,
    encodeText(''),
    tree.pk,
  );
  return { kind: 'removed', undoUntil };
}

/** `Store.remove`, inside one transaction. */
export function remove(sql: Sql, request: Request): RemoveResult {
  const tree = liveTree(sql, request, request.now);
  if (!tree) return { kind: 'unknown' };
  const stored = activeTurn(sql, tree);
  if (stored) return { kind: 'busy', stored };
  return { kind: 'removed', undoUntil: setAside(sql, tree, 'remove', request.now) };
}

function setAside(sql: Sql, tree: Tree, kind: AsideKind, now: number): number {
  const until = now + UNDO_MS;
  sql.run(
    'UPDATE trees SET level = ?, aside_kind = ?, aside_until = ?, drop_at = ? WHERE pk = ?',
    nextLevel(sql, tree),
    kind,
    until,
    until + GRACE_MS,
    tree.pk,
  );
  return until;
}

/** `Store.restore`, inside one transaction. The newer turns move into the older tree: usually they are few. */
export function restore(sql: Sql, request: Request): ChangeResult {
  const { now } = request;
  const current = storedTree(sql, request);
  const aside = lastAside(sql, request, now);
  if (!aside || isExpired(aside, now) || (current && isExpired(current, now))) return { kind: 'unknown' };
  if (!current) return aside.asideKind === 'remove' ? shownAgain(sql, aside) : { kind: 'unknown' };
  if (current.active !== null) return { kind: 'busy', activeTurnId: decodeId(current.active) };
  if (current.assistant !== aside.assistant) return { kind: 'unknown' };
  if (aside.head === null) takeTree(sql, current, aside);
  else takeTurns(sql, current, aside);
  mergeSettings(sql, current, aside);
  sql.run('DELETE FROM trees WHERE pk = ?', current.pk);
  return shownAgain(sql, aside);
}

/** The older turns stay where they are and are shown; the newer ones stand beside them, as versions of the root. */
function takeTurns(sql: Sql, current: Tree, aside: Tree): void {
  sql.run('UPDATE turns SET tree = ? WHERE tree = ?', aside.pk, current.pk);
}

/** What was kept aside had no turns: the newer tree is shown as it is. */
function takeTree(sql: Sql, current: Tree, aside: Tree): void {
  sql.run('UPDATE turns SET tree = ? WHERE tree = ?', aside.pk, current.pk);
  sql.run('UPDATE path SET tree = ? WHERE tree = ?', aside.pk, current.pk);
  sql.run(
    `UPDATE trees SET (head, head_depth, head_status, shown, preview) =
       (SELECT head, head_depth, head_status, shown, preview FROM trees WHERE pk = ?) WHERE pk = ?`,
    current.pk,
    aside.pk,
  );
}

/** After a clear the session's own settings went on; after a remove those that were removed come back. */
function mergeSettings(sql: Sql, current: Tree, aside: Tree): void {
  const settings = aside.asideKind === 'clear' ? current : aside;
  const expiresAt =
    aside.asideKind === 'clear' ? current.expiresAt : later(current.expiresAt, aside.expiresAt);
  sql.run(
    `UPDATE trees SET title = ?, pinned = ?, own_ttl = ?, updated_at = ?, last_turn_at = ?, expires_at = ?
     WHERE pk = ?`,
    settings.title,
    settings.pinned ? 1 : 0,
    settings.ownTtl,
    Math.max(current.updatedAt, aside.updatedAt),
    Math.max(current.lastTurnAt, aside.lastTurnAt),
    expiresAt,
    aside.pk,
  );
}

const later = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.max(a, b);

function shownAgain(sql: Sql, aside: Tree): ChangeResult {
  sql.run(
    'UPDATE trees SET level = 0, aside_kind = NULL, aside_until = NULL, drop_at = expires_at WHERE pk = ?',
    aside.pk,
  );
  return { kind: 'changed', session: sessionOf(reload(sql, aside)) };
}
