import { isLive } from '@/lib/chat/turn';
import { encodeId } from '../encode-id';
import type { StoredTurn, TurnRef, WriteRequest, WriteResult } from '../store';
import { encodeText } from '../stored-turn';
import { addUse } from './limits';
import { liveSession, type SessionRow } from './sessions';
import type { Sql } from './sql';
import { blankDue, findTurn, storedTurnOf } from './turns';

/** `Store.write`, inside one transaction. */
export function write(sql: Sql, request: WriteRequest): WriteResult {
  const { turn, now } = request;
  const id = encodeId(request.turnId);
  const session = liveSession(sql, request, now);
  if (!session) return { held: false, stored: null };
  if (!holds(session, id, request)) return refused(sql, session, id, request);
  if (!turn) {
    sql.run('UPDATE trees SET lease_ends_at = ? WHERE pk = ?', request.endsAt, session.pk);
  } else {
    sql.run(
      'UPDATE turns SET json = ?, status = ? WHERE tree = ? AND id = ?',
      JSON.stringify(turn),
      turn.status,
      session.pk,
      id,
    );
    if (isLive(turn)) sql.run('UPDATE trees SET lease_ends_at = ? WHERE pk = ?', request.endsAt, session.pk);
    else {
      endLease(sql, session, turn.status, request);
      if (request.use) addUse(sql, request.owner, request.use, now);
    }
  }
  return { held: true, stop: session.stop };
}

function holds(session: SessionRow, id: string, { token, ifExpired, now }: WriteRequest): boolean {
  if (session.active !== id || session.leaseToken !== token) return false;
  return !ifExpired || (session.leaseEndsAt ?? 0) <= now;
}

function refused(sql: Sql, session: SessionRow, id: string, request: WriteRequest): WriteResult {
  blankDue(sql, session, request.now);
  const row = findTurn(sql, session.pk, id);
  // The same write again, because its answer was lost: what is stored is what it wrote.
  const isTerminal = row && session.active !== id && row.deletedAt === null;
  const isRepeated = isTerminal && request.turn && row.json === JSON.stringify(request.turn);
  if (isRepeated) return { held: true, stop: false };
  return { held: false, stored: row ? storedTurnOf(session, row) : null };
}

function endLease(sql: Sql, session: SessionRow, status: string, { preview, now }: WriteRequest): void {
  sql.run(
    `UPDATE trees SET active = NULL, lease_token = NULL, lease_ends_at = NULL, stop = 0, head_status = ?,
       updated_at = ?, preview = ? WHERE pk = ?`,
    status,
    now,
    preview === undefined ? session.preview : encodeText(preview),
    session.pk,
  );
}

/** `Store.requestStop`, inside one transaction. */
export function requestStop(sql: Sql, ref: TurnRef & { now: number }): StoredTurn | null {
  const id = encodeId(ref.turnId);
  const session = liveSession(sql, ref, ref.now);
  if (session) blankDue(sql, session, ref.now);
  const row = session && findTurn(sql, session.pk, id);
  if (!session || !row) return null;
  if (session.active !== id) return storedTurnOf(session, row);
  sql.run('UPDATE trees SET stop = 1 WHERE pk = ?', session.pk);
  return storedTurnOf({ ...session, stop: true }, row);
}
