import type { Session } from '@/lib/chat/session';
import { decodeId, encodeId } from '../encode-id';
import type { SessionRef } from '../store';
import { decodeText, parseStatus } from '../stored-turn';
import type { Row, Sql } from './sql';

/**
 * A row of the table `trees`: a session, or an undo snapshot of one. `id`, `owner`, `assistant`, `head` and `active` are
 * encoded (`encodeId`).
 */
export interface SessionRow {
  pk: number;
  /** 0: the session itself. Higher: an undo snapshot; the highest is the newest. The column `level`. */
  epoch: number;
  owner: string;
  id: string;
  /** Of an undo snapshot: which call made it, and until when it can be restored. */
  undoKind: UndoKind | null;
  undoUntil: number | null;
  assistant: string;
  title: string;
  preview: string;
  pinned: boolean;
  /** How long this session in particular is kept: milliseconds, 'never' (to expire), '' = as the server's default. */
  ownTtl: string;
  createdAt: number;
  updatedAt: number;
  lastTurnAt: number;
  expiresAt: number | null;
  head: string | null;
  headDepth: number;
  headStatus: string | null;
  /** Undeleted turns on the shown path. */
  shown: number;
  /** The live turn, which holds the lease. */
  active: string | null;
  leaseToken: string | null;
  leaseEndsAt: number | null;
  stop: boolean;
}

export type UndoKind = 'clear' | 'remove';

/** How long an undo snapshot is kept after its end, so that instances whose clocks differ still find its turn ids. */
export const GRACE_MS = 60_000;

/** undefined: the session is unknown, removed or expired by `now`. */
export function liveSession(sql: Sql, ref: SessionRef, now: number): SessionRow | undefined {
  const session = findSession(sql, ref);
  return session && !isExpired(session, now) ? session : undefined;
}

/** The session, expired or not. */
export function findSession(sql: Sql, { owner, sessionId }: SessionRef): SessionRow | undefined {
  const row = sql.get(
    'SELECT * FROM trees WHERE owner = ? AND session = ? AND level = 0',
    encodeId(owner),
    encodeId(sessionId),
  );
  return row && sessionRowOf(row);
}

export const isExpired = (session: SessionRow, now: number): boolean =>
  session.expiresAt !== null && session.expiresAt <= now;

/** The newest undo snapshot that can still be restored. */
export function lastUndoSnapshot(
  sql: Sql,
  { owner, sessionId }: SessionRef,
  now: number,
): SessionRow | undefined {
  const row = sql.get(
    'SELECT * FROM trees WHERE owner = ? AND session = ? AND level > 0 AND aside_until > ? ORDER BY level DESC LIMIT 1',
    encodeId(owner),
    encodeId(sessionId),
    now,
  );
  return row && sessionRowOf(row);
}

export function nextEpoch(sql: Sql, session: SessionRow): number {
  const row = sql.get(
    'SELECT MAX(level) AS top FROM trees WHERE owner = ? AND session = ?',
    session.owner,
    session.id,
  );
  return (row?.integer('top') ?? 0) + 1;
}

/** When a session expires whose time is counted from `from`; null = never. */
export function expiryOf(ownTtl: string, ttlMs: number | null, from: number): number | null {
  if (ownTtl === 'never') return null;
  const ttl = ownTtl === '' ? ttlMs : Number(ownTtl);
  return ttl === null ? null : from + ttl;
}

/** Deletes expired sessions and snapshots: at most 20 per call, so that no call pays for a long absence. */
export function sweepSessions(sql: Sql, now: number): void {
  const rows = sql.all(
    'SELECT pk, owner, session, level FROM trees WHERE drop_at <= ? ORDER BY drop_at LIMIT 20',
    now,
  );
  for (const row of rows) {
    if (row.integer('level') === 0) dropSession(sql, row.text('owner'), row.text('session'));
    else sql.run('DELETE FROM trees WHERE pk = ?', row.integer('pk'));
  }
}

/** Deletes a session with its undo snapshots. Takes encoded ids. */
export function dropSession(sql: Sql, owner: string, session: string): void {
  sql.run('DELETE FROM trees WHERE owner = ? AND session = ?', owner, session);
}

export function sessionRowOf(row: Row): SessionRow {
  const kind = row.maybeText('aside_kind');
  return {
    pk: row.integer('pk'),
    epoch: row.integer('level'),
    owner: row.text('owner'),
    id: row.text('session'),
    undoKind: kind === 'clear' || kind === 'remove' ? kind : null,
    undoUntil: row.maybeInteger('aside_until'),
    assistant: row.text('assistant'),
    title: row.text('title'),
    preview: row.text('preview'),
    pinned: row.integer('pinned') === 1,
    ownTtl: row.text('own_ttl'),
    createdAt: row.integer('created_at'),
    updatedAt: row.integer('updated_at'),
    lastTurnAt: row.integer('last_turn_at'),
    expiresAt: row.maybeInteger('expires_at'),
    head: row.maybeText('head'),
    headDepth: row.integer('head_depth'),
    headStatus: row.maybeText('head_status'),
    shown: row.integer('shown'),
    active: row.maybeText('active'),
    leaseToken: row.maybeText('lease_token'),
    leaseEndsAt: row.maybeInteger('lease_ends_at'),
    stop: row.integer('stop') === 1,
  };
}

export const sessionOf = (session: SessionRow): Session => ({
  v: 1,
  id: decodeId(session.id),
  assistantId: decodeId(session.assistant),
  title: decodeText(session.title),
  preview: decodeText(session.preview),
  headTurnId: session.head === null ? null : decodeId(session.head),
  headStatus: session.headStatus === null ? null : parseStatus(session.headStatus),
  activeTurnId: session.active === null ? null : decodeId(session.active),
  createdAt: session.createdAt,
  updatedAt: session.updatedAt,
  pinned: session.pinned,
  expiresAt: session.expiresAt,
});

/** Reads a session's row again after it was changed. */
export function reload(sql: Sql, session: SessionRow): SessionRow {
  const row = sql.get('SELECT * FROM trees WHERE pk = ?', session.pk);
  if (!row) throw new Error('the row of a session is missing');
  return sessionRowOf(row);
}
