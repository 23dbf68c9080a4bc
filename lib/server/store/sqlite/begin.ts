import { encodeId, encodeParent, ROOT } from '../encode-id';
import { hashUserMessage } from '../hash-user-message';
import type { BeginRequest, BeginResult, StoredTurn } from '../store';
import { composeTurn, encodeText } from '../stored-turn';
import { isRevoked } from './devices';
import { addTurnImages, sweepImages } from './images';
import { takeTurn } from './limits';
import { extendPath, shownAbove, showPathTo, trimPath } from './path';
import {
  dropSession,
  expiryOf,
  findSession,
  GRACE_MS,
  isExpired,
  liveSession,
  reload,
  type SessionRow,
  sessionOf,
  sweepSessions,
} from './sessions';
import type { Sql } from './sql';
import { activeTurn, blankDue, findTurn, storedTurnOf, turnRowOf } from './turns';

/** `Store.begin`, inside one transaction. */
export function begin(sql: Sql, request: BeginRequest): BeginResult {
  const { turn, lease, now } = request;
  const id = encodeId(turn.id);
  if (request.device && isRevoked(sql, request.owner, request.device)) return { kind: 'revoked' };
  sweepSessions(sql, now);
  sweepImages(sql, now);
  const expired = findSession(sql, request);
  if (expired && isExpired(expired, now)) dropSession(sql, expired.owner, expired.id);

  const session = liveSession(sql, request, now);
  if (session && session.assistant !== encodeId(turn.assistantId))
    return { kind: 'wrong_assistant', assistantId: sessionOf(session).assistantId };
  if (session) blankDue(sql, session, now);

  const existing = session && findTurn(sql, session.pk, id);
  if (session && existing) {
    // The same call again, because its answer was lost.
    const isRepeated = session.active === id && session.leaseToken === lease.token;
    return isRepeated
      ? begunResult(sql, session, id, request.contextTurns)
      : { kind: 'exists', stored: storedTurnOf(session, existing) };
  }
  const restorable = findInSnapshots(sql, request, id);
  if (restorable) return { kind: 'exists', stored: restorable };

  const { lastTurnId } = request;
  if (lastTurnId !== undefined && !(session && findTurn(sql, session.pk, encodeId(lastTurnId))))
    return { kind: 'gone' };

  const active = session && activeTurn(sql, session);
  if (active) return { kind: 'busy', stored: active, expired: (active.lease?.endsAt ?? 0) <= now };

  const parent = parentOf(session, request.parentId);
  const parentRow = parent !== ROOT && session ? findTurn(sql, session.pk, parent) : undefined;
  if (parent !== ROOT && !parentRow) return { kind: 'unknown_parent' };

  const json = JSON.stringify(turn);
  const refusal =
    request.limits &&
    takeTurn(sql, { owner: request.owner, limits: request.limits, bytes: Buffer.byteLength(json), now });
  if (refusal) return { kind: 'limited', refusal };

  const target = session ?? createSession(sql, request);
  const depth = parentRow ? parentRow.depth + 1 : 0;
  if (parentRow) showPathTo(sql, target, parent);
  trimPath(sql, target, depth);
  sql.run(
    'INSERT INTO turns (tree, id, parent, depth, status, user_hash, json) VALUES (?, ?, ?, ?, ?, ?, ?)',
    target.pk,
    id,
    parent,
    depth,
    turn.status,
    hashUserMessage(turn.user),
    json,
  );
  extendPath(sql, target, { id, parent, depth, deletedAt: null });
  takeLease(sql, target, request, { id, depth });
  addTurnImages(sql, target, id, turn.user.images, now);
  return begunResult(sql, reload(sql, target), id, request.contextTurns);
}

function parentOf(session: SessionRow | undefined, parentId: string | null | undefined): string {
  return parentId === undefined ? (session?.head ?? ROOT) : encodeParent(parentId);
}

/** A late retry of a send whose turn was cleared or removed finds that turn, and is not sent twice. */
function findInSnapshots(sql: Sql, request: BeginRequest, id: string): StoredTurn | undefined {
  const row = sql.get(
    `SELECT turns.* FROM trees JOIN turns ON turns.tree = trees.pk AND turns.id = ?
     WHERE owner = ? AND session = ? AND level > 0 AND aside_until + ? > ? LIMIT 1`,
    id,
    encodeId(request.owner),
    encodeId(request.sessionId),
    GRACE_MS,
    request.now,
  );
  if (!row) return undefined;
  const turn = turnRowOf(row);
  return { turn: composeTurn(turn.json, turn), lease: null };
}

function createSession(sql: Sql, { owner, sessionId, turn, title, now }: BeginRequest): SessionRow {
  sql.run(
    `INSERT INTO trees (owner, session, level, assistant, title, preview, created_at, updated_at, last_turn_at)
     VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?)`,
    encodeId(owner),
    encodeId(sessionId),
    encodeId(turn.assistantId),
    encodeText(title),
    encodeText(''),
    now,
    now,
    now,
  );
  const created = findSession(sql, { owner, sessionId });
  if (!created) throw new Error('the row that was just written is missing');
  return created;
}

function takeLease(
  sql: Sql,
  session: SessionRow,
  request: BeginRequest,
  head: { id: string; depth: number },
): void {
  const { lease, now, ttlMs } = request;
  const expiresAt = expiryOf(session.ownTtl, ttlMs, now);
  sql.run(
    `UPDATE trees SET head = ?, head_depth = ?, head_status = 'streaming', active = ?, lease_token = ?,
       lease_ends_at = ?, stop = 0, updated_at = ?, last_turn_at = ?, preview = ?, title = ?, expires_at = ?, drop_at = ?
     WHERE pk = ?`,
    head.id,
    head.depth,
    head.id,
    lease.token,
    lease.endsAt,
    now,
    now,
    encodeText(request.preview),
    session.title === encodeText('') ? encodeText(request.title) : session.title,
    expiresAt,
    expiresAt,
    session.pk,
  );
}

function begunResult(sql: Sql, session: SessionRow, id: string, contextTurns: number): BeginResult {
  const row = findTurn(sql, session.pk, id);
  if (!row) throw new Error('the row that was just written is missing');
  const path = shownAbove(sql, session, row.depth, contextTurns).reverse();
  return {
    kind: 'begun',
    turn: composeTurn(row.json, row),
    session: sessionOf(session),
    path: path.map((turn) => composeTurn(turn.json, turn)),
    // Not counting the new turn itself.
    pathTotal: session.shown - 1,
  };
}
