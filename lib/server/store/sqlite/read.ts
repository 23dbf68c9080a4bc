import type { Session } from '@/lib/chat/session';
import { decodeId, encodeId } from '../encode-id';
import { hashUserMessage } from '../hash-user-message';
import {
  HISTORY_PAGE_BYTES,
  HISTORY_READ_TURNS,
  type HistoryPage,
  type SessionRef,
  type SessionsPage,
  type Store,
  type StoredTurn,
  type TurnRef,
} from '../store';
import { parseTurn } from '../stored-turn';
import { depthOnPath, shownAbove } from './path';
import { liveSession, type SessionRow, sessionOf, sessionRowOf } from './sessions';
import type { Sql } from './sql';
import { findTurn, storedTurnOf, type TurnRow } from './turns';

export function readTurn(sql: Sql, ref: TurnRef & { now: number }): StoredTurn | null {
  const session = liveSession(sql, ref, ref.now);
  const row = session && findTurn(sql, session.pk, encodeId(ref.turnId));
  return session && row ? storedTurnOf(session, row) : null;
}

export function readSession(sql: Sql, ref: SessionRef & { now: number }): Session | null {
  const session = liveSession(sql, ref, ref.now);
  return session ? sessionOf(session) : null;
}

export function readHistory(sql: Sql, query: Parameters<Store['history']>[0]): HistoryPage {
  const { limit, before, now } = query;
  const session = liveSession(sql, query, now);
  if (!session) return { session: null, total: 0, turns: [], versions: {}, userHashes: {}, nextBefore: null };
  const end = before === undefined ? session.headDepth + 1 : depthOnPath(sql, session, encodeId(before));
  const { page, more } = end === null ? { page: [], more: false } : readPage(sql, session, end, limit);
  const oldest = page[0];
  return {
    session: sessionOf(session),
    total: session.shown,
    turns: page.map((row) => storedTurnOf(session, row)),
    ...versionsOf(sql, session, page),
    nextBefore: more && oldest ? decodeId(oldest.id) : null,
  };
}

/** The newest turns above `end`, oldest first, and whether there are more. Reads a few at a time until the page is full. */
function readPage(sql: Sql, session: SessionRow, end: number, limit: number) {
  const newestFirst: TurnRow[] = [];
  let bytes = 0;
  for (;;) {
    const wanted = Math.min(HISTORY_READ_TURNS, limit + 1 - newestFirst.length);
    const rows = shownAbove(sql, session, newestFirst.at(-1)?.depth ?? end, wanted);
    for (const row of rows) {
      bytes += Buffer.byteLength(row.json);
      const isFull = newestFirst.length > 0 && bytes > HISTORY_PAGE_BYTES;
      if (isFull || newestFirst.length === limit) return { page: newestFirst.reverse(), more: true };
      newestFirst.push(row);
    }
    if (rows.length < wanted) return { page: newestFirst.reverse(), more: false };
  }
}

function versionsOf(
  sql: Sql,
  session: SessionRow,
  page: TurnRow[],
): Pick<HistoryPage, 'versions' | 'userHashes'> {
  const versions: HistoryPage['versions'] = {};
  const userHashes: HistoryPage['userHashes'] = {};
  for (const { id, parent } of page) {
    const siblings = sql.all(
      `SELECT id, user_hash, CASE WHEN user_hash IS NULL THEN json END AS json FROM turns
       WHERE tree = ? AND parent = ? AND deleted_at IS NULL ORDER BY seq`,
      session.pk,
      parent,
    );
    if (siblings.length < 2) continue;
    versions[decodeId(id)] = siblings.map((row) => decodeId(row.text('id')));
    for (const row of siblings)
      userHashes[decodeId(row.text('id'))] =
        row.maybeText('user_hash') ?? hashUserMessage(parseTurn(row.text('json')).user);
  }
  return { versions, userHashes };
}

export function readSessions(sql: Sql, query: Parameters<Store['sessions']>[0]): SessionsPage {
  const { owner, assistantId, limit, before, now } = query;
  const assistant = assistantId === undefined ? null : encodeId(assistantId);
  const selection = [encodeId(owner), now, assistant, assistant] as const;
  const counted = sql.get(`SELECT COUNT(*) AS total FROM trees WHERE ${SELECTED}`, ...selection);
  const rows =
    before === undefined
      ? sql.all(`SELECT * FROM trees WHERE ${SELECTED} ${NEWEST_FIRST} LIMIT ?`, ...selection, limit + 1)
      : sql.all(
          `SELECT * FROM trees WHERE ${SELECTED} AND (pinned, updated_at, session) < (
             SELECT pinned, updated_at, session FROM trees WHERE owner = ? AND session = ? AND level = 0
           ) ${NEWEST_FIRST} LIMIT ?`,
          ...selection,
          encodeId(owner),
          encodeId(before),
          limit + 1,
        );
  const sessions = rows.slice(0, limit).map((row) => sessionOf(sessionRowOf(row)));
  return {
    sessions,
    total: counted?.integer('total') ?? 0,
    nextBefore: rows.length > limit ? (sessions.at(-1)?.id ?? null) : null,
  };
}

const SELECTED =
  'owner = ? AND level = 0 AND (expires_at IS NULL OR expires_at > ?) AND (? IS NULL OR assistant = ?)';
const NEWEST_FIRST = 'ORDER BY pinned DESC, updated_at DESC, session DESC';
