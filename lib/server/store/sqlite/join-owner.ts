import { decodeId, encodeId } from '../encode-id';
import { joinedSessionId } from '../joined-session-id';
import type { JoinResult, Store } from '../store';
import { deleteOwner } from './delete-owner';
import { isRevoked } from './devices';
import type { Sql } from './sql';

/** `Store.joinOwner`, inside one transaction. */
export function joinOwner(
  sql: Sql,
  { from, device, to, now }: Parameters<Store['joinOwner']>[0],
): JoinResult {
  const [source, target] = [encodeId(from), encodeId(to)];
  const hasBegun = sql.get('SELECT 1 FROM deletions WHERE owner = ? AND joining_to = ?', source, target);
  if (device && !hasBegun && isRevoked(sql, from, device)) return { kind: 'revoked' };
  const live = sql.get(
    'SELECT session, active FROM trees WHERE owner = ? AND level = 0 AND active IS NOT NULL LIMIT 1',
    source,
  );
  if (live) {
    refuseCookies(sql, source, target, now);
    return { kind: 'busy', sessionId: decodeId(live.text('session')), turnId: decodeId(live.text('active')) };
  }
  // No trigger moves the sum of what sessions take up; those of images do.
  sql.run(
    `INSERT INTO guests (owner, bytes) SELECT ?, COALESCE(SUM(bytes), 0) FROM trees WHERE owner = ?
     ON CONFLICT (owner) DO UPDATE SET bytes = bytes + excluded.bytes`,
    target,
    source,
  );
  for (const row of sql.all('SELECT DISTINCT session FROM trees WHERE owner = ?', source)) {
    const session = row.text('session');
    const taken = sql.get('SELECT 1 FROM trees WHERE owner = ? AND session = ? LIMIT 1', target, session);
    const id = taken ? encodeId(joinedSessionId(decodeId(session), from)) : session;
    sql.run(
      'UPDATE trees SET owner = ?, session = ? WHERE owner = ? AND session = ?',
      target,
      id,
      source,
      session,
    );
  }
  sql.run(
    `INSERT INTO images (owner, id, type, width, height, kept_until, data)
     SELECT ?, id, type, width, height, kept_until, data FROM images WHERE owner = ?
     ON CONFLICT (owner, id) DO UPDATE SET kept_until = MAX(kept_until, excluded.kept_until)`,
    target,
    source,
  );
  sql.run('UPDATE OR IGNORE turn_images SET owner = ? WHERE owner = ?', target, source);
  deleteOwner(sql, { owner: from, now });
  return { kind: 'joined' };
}

const refuseCookies = (sql: Sql, owner: string, target: string, now: number): number =>
  sql.run(
    `INSERT INTO deletions (owner, deleted_at, joining_to) VALUES (?, ?, ?)
     ON CONFLICT (owner) DO UPDATE SET deleted_at = excluded.deleted_at, joining_to = excluded.joining_to`,
    owner,
    now,
    target,
  );
