import { encodeId, encodeParent, ROOT } from '../encode-id';
import { hashUserMessage } from '../hash-user-message';
import type { BeginRequest, BeginResult, StoredTurn } from '../store';
import { composeTurn, encodeText } from '../stored-turn';
import { addTurnImages, sweepImages } from './images';
import { extendPath, shownAbove, showPathTo, trimPath } from './path';
import type { Sql } from './sql';
import {
  dropSession,
  endOf,
  GRACE_MS,
  isExpired,
  liveTree,
  reload,
  sessionOf,
  storedTree,
  sweep,
  type Tree,
} from './trees';
import { activeTurn, blankDue, findTurn, storedTurnOf, turnRowOf } from './turns';

/** `Store.begin`, inside one transaction. */
export function begin(sql: Sql, request: BeginRequest): BeginResult {
  const { turn, lease, now } = request;
  const id = encodeId(turn.id);
  sweep(sql, now);
  sweepImages(sql, now);
  const stale = storedTree(sql, request);
  if (stale && isExpired(stale, now)) dropSession(sql, stale.owner, stale.session);

  const tree = liveTree(sql, request, now);
  if (tree && tree.assistant !== encodeId(turn.assistantId))
    return { kind: 'wrong_assistant', assistantId: sessionOf(tree).assistantId };
  if (tree) blankDue(sql, tree, now);

  const known = tree && findTurn(sql, tree.pk, id);
  if (tree && known) {
    // The answer to this very call was lost on its way, and it was made again: its turn is its own.
    const replayed = tree.active === id && tree.leaseToken === lease.token;
    return replayed
      ? begunResult(sql, tree, id, request.contextTurns)
      : { kind: 'exists', stored: storedTurnOf(tree, known) };
  }
  const aside = findAside(sql, request, id);
  if (aside) return { kind: 'exists', stored: aside };

  const active = tree && activeTurn(sql, tree);
  if (active) return { kind: 'busy', stored: active, expired: (active.lease?.endsAt ?? 0) <= now };

  const parent = parentOf(tree, request.parentId);
  const parentRow = parent !== ROOT && tree ? findTurn(sql, tree.pk, parent) : undefined;
  if (parent !== ROOT && !parentRow) return { kind: 'unknown_parent' };

  const target = tree ?? createTree(sql, request);
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
    JSON.stringify(turn),
  );
  extendPath(sql, target, { id, parent, depth, deletedAt: null });
  takeLease(sql, target, request, { id, depth });
  addTurnImages(sql, target, id, turn.user.images, now);
  return begunResult(sql, reload(sql, target), id, request.contextTurns);
}

function parentOf(tree: Tree | undefined, parentId: string | null | undefined): string {
  return parentId === undefined ? (tree?.head ?? ROOT) : encodeParent(parentId);
}

/** A turn that a clear or a remove took away does not come twice: a late retry of its send finds it. */
function findAside(sql: Sql, request: BeginRequest, id: string): StoredTurn | undefined {
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

function createTree(sql: Sql, { owner, sessionId, turn, title, now }: BeginRequest): Tree {
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
  const created = storedTree(sql, { owner, sessionId });
  if (!created) throw new Error('a row that was just written is gone');
  return created;
}

function takeLease(sql: Sql, tree: Tree, request: BeginRequest, head: { id: string; depth: number }): void {
  const { lease, now, ttlMs } = request;
  const expiresAt = endOf(tree.ownTtl, ttlMs, now);
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
    tree.title === encodeText('') ? encodeText(request.title) : tree.title,
    expiresAt,
    expiresAt,
    tree.pk,
  );
}

function begunResult(sql: Sql, tree: Tree, id: string, contextTurns: number): BeginResult {
  const row = findTurn(sql, tree.pk, id);
  if (!row) throw new Error('a row that was just written is gone');
  const path = shownAbove(sql, tree, row.depth, contextTurns).reverse();
  return {
    kind: 'begun',
    turn: composeTurn(row.json, row),
    session: sessionOf(tree),
    path: path.map((turn) => composeTurn(turn.json, turn)),
    // The turn itself is the last of the path, and shown.
    pathTotal: tree.shown - 1,
  };
}
