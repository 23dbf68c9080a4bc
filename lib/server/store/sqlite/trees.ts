import type { Session } from '@/lib/chat/session';
import { decodeId, encodeId } from '../encode-id';
import type { SessionRef } from '../store';
import { decodeText, parseStatus } from '../stored-turn';
import type { Row, Sql } from './sql';

/** A session's row with what its store decides on. Ids are encoded. */
export interface Tree {
  pk: number;
  level: number;
  owner: string;
  session: string;
  asideKind: AsideKind | null;
  asideUntil: number | null;
  assistant: string;
  title: string;
  preview: string;
  pinned: boolean;
  /** '' = no choice of its own, 'never', or milliseconds. */
  ownTtl: string;
  createdAt: number;
  updatedAt: number;
  lastTurnAt: number;
  expiresAt: number | null;
  head: string | null;
  headDepth: number;
  headStatus: string | null;
  shown: number;
  active: string | null;
  leaseToken: string | null;
  leaseEndsAt: number | null;
  stop: boolean;
}

export type AsideKind = 'clear' | 'remove';

/** How long after its end a kept-aside tree still answers to its turn ids: more than clocks of instances differ. */
export const GRACE_MS = 60_000;

/** The session as it is shown; undefined when it is unknown, removed or expired by `now`. */
export function liveTree(sql: Sql, ref: SessionRef, now: number): Tree | undefined {
  const tree = storedTree(sql, ref);
  return tree && !isExpired(tree, now) ? tree : undefined;
}

/** The same, expired or not. */
export function storedTree(sql: Sql, { owner, sessionId }: SessionRef): Tree | undefined {
  const row = sql.get(
    'SELECT * FROM trees WHERE owner = ? AND session = ? AND level = 0',
    encodeId(owner),
    encodeId(sessionId),
  );
  return row && treeOf(row);
}

export const isExpired = (tree: Tree, now: number): boolean =>
  tree.expiresAt !== null && tree.expiresAt <= now;

/** The last tree that a clear or a remove kept aside and that can still be brought back. */
export function lastAside(sql: Sql, { owner, sessionId }: SessionRef, now: number): Tree | undefined {
  const row = sql.get(
    'SELECT * FROM trees WHERE owner = ? AND session = ? AND level > 0 AND aside_until > ? ORDER BY level DESC LIMIT 1',
    encodeId(owner),
    encodeId(sessionId),
    now,
  );
  return row && treeOf(row);
}

export function nextLevel(sql: Sql, tree: Tree): number {
  const row = sql.get(
    'SELECT MAX(level) AS top FROM trees WHERE owner = ? AND session = ?',
    tree.owner,
    tree.session,
  );
  return (row?.integer('top') ?? 0) + 1;
}

/** When a session of this choice is no more, counted from `from`; null = never. */
export function endOf(ownTtl: string, ttlMs: number | null, from: number): number | null {
  if (ownTtl === 'never') return null;
  const ttl = ownTtl === '' ? ttlMs : Number(ownTtl);
  return ttl === null ? null : from + ttl;
}

/** Deletes what has run out: a bounded part per call, so that no call pays for a long absence. */
export function sweep(sql: Sql, now: number): void {
  const rows = sql.all(
    'SELECT pk, owner, session, level FROM trees WHERE drop_at <= ? ORDER BY drop_at LIMIT 20',
    now,
  );
  for (const row of rows) {
    if (row.integer('level') === 0) dropSession(sql, row.text('owner'), row.text('session'));
    else sql.run('DELETE FROM trees WHERE pk = ?', row.integer('pk'));
  }
}

/** Deletes a session with all that was kept aside of it. Takes encoded ids. */
export function dropSession(sql: Sql, owner: string, session: string): void {
  sql.run('DELETE FROM trees WHERE owner = ? AND session = ?', owner, session);
}

export function treeOf(row: Row): Tree {
  const kind = row.maybeText('aside_kind');
  return {
    pk: row.integer('pk'),
    level: row.integer('level'),
    owner: row.text('owner'),
    session: row.text('session'),
    asideKind: kind === 'clear' || kind === 'remove' ? kind : null,
    asideUntil: row.maybeInteger('aside_until'),
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

export const sessionOf = (tree: Tree): Session => ({
  v: 1,
  id: decodeId(tree.session),
  assistantId: decodeId(tree.assistant),
  title: decodeText(tree.title),
  preview: decodeText(tree.preview),
  headTurnId: tree.head === null ? null : decodeId(tree.head),
  headStatus: tree.headStatus === null ? null : parseStatus(tree.headStatus),
  activeTurnId: tree.active === null ? null : decodeId(tree.active),
  createdAt: tree.createdAt,
  updatedAt: tree.updatedAt,
  pinned: tree.pinned,
  expiresAt: tree.expiresAt,
});

/** The session after a change of its row. */
export function reload(sql: Sql, tree: Tree): Tree {
  const row = sql.get('SELECT * FROM trees WHERE pk = ?', tree.pk);
  if (!row) throw new Error('a row that was just written is gone');
  return treeOf(row);
}
