import { sweepImages } from './images';
import { dropSession, GRACE_MS } from './sessions';
import type { Sql } from './sql';

/** The most rows that one call deletes. Meanwhile this process is blocked, and so are writes of others. */
const ROWS = 200;

/** The most pages (4 KB each) that one call gives back to the disk. */
const PAGES = 256;

/** Whether `sweep` has something to do. */
export const isSweepDue = (sql: Sql, now: number): boolean =>
  [
    sql.get('SELECT 1 FROM trees WHERE drop_at <= ? LIMIT 1', now - GRACE_MS),
    sql.get('SELECT 1 FROM images WHERE kept_until <= ? LIMIT 1', now),
  ].some((row) => row !== undefined) || freePages(sql) > PAGES;

/**
 * `Store.sweep`, inside one transaction. A large session is deleted in several calls, a minute after it
 * expired, so that a process with a slow clock no longer shows it.
 */
export function sweep(sql: Sql, now: number): void {
  let rows = ROWS;
  while (rows > 0) {
    const due = sql.get(
      'SELECT pk, owner, session, level FROM trees WHERE drop_at <= ? ORDER BY drop_at LIMIT 1',
      now - GRACE_MS,
    );
    if (!due) break;
    const pk = due.integer('pk');
    rows -= 1;
    rows -= sql.run(
      'DELETE FROM turns WHERE seq IN (SELECT seq FROM turns WHERE tree = ? LIMIT ?)',
      pk,
      rows,
    );
    if (sql.get('SELECT 1 FROM turns WHERE tree = ? LIMIT 1', pk)) break;
    if (due.integer('level') === 0) dropSession(sql, due.text('owner'), due.text('session'));
    else sql.run('DELETE FROM trees WHERE pk = ?', pk);
  }
  sweepImages(sql, now);
  // Keeps some pages free for the next turns. Has no effect in a file from before `auto_vacuum` was set.
  if (freePages(sql) > PAGES) sql.all(`PRAGMA incremental_vacuum(${PAGES})`);
}

/** Pages that can be given back to the disk. */
const freePages = (sql: Sql): number =>
  sql.get('PRAGMA auto_vacuum')?.integer('auto_vacuum') === 0
    ? 0
    : (sql.get('PRAGMA freelist_count')?.integer('freelist_count') ?? 0);
