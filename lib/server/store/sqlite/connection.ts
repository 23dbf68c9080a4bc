import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { ChatError } from '@/lib/chat/chat-error';
import { log } from '@/lib/server/log';
import { NewerStore, storeUnavailable, UnreadableData } from '../store-error';
import { closeToOthers, createPrivate } from './private-files';
import { MIGRATIONS } from './schema';
import { Sql } from './sql';

/** How long SQLite itself waits for another process's write. The wait blocks this process, so it is short. */
const BUSY_TIMEOUT_MS = 10;

/** SQLite's primary result codes (sqlite.org/rescode.html) after which the handle itself is unusable. */
const REOPEN_AFTER = new Set([/* READONLY */ 8, /* IOERR */ 10, /* CORRUPT */ 11, /* CANTOPEN */ 14, 26]);

interface Opened {
  db: DatabaseSync;
  sql: Sql;
  /** The file's inode when it was opened; null for `:memory:`. */
  inode: number | null;
}

/**
 * A SQLite database that is opened at the first call, and opened again after a failure that left it unusable. Once a full
 * disk, a missing folder or a replaced file has been repaired, the server need not be restarted.
 */
export class SqliteConnection {
  readonly #open: (path: string, options: { timeout: number }) => DatabaseSync;
  readonly #path: string;
  #opened: Opened | null = null;
  #reportedAsReadable = false;

  constructor(open: (path: string, options: { timeout: number }) => DatabaseSync, path: string) {
    this.#open = open;
    this.#path = path;
  }

  get inMemory(): boolean {
    return this.#path === ':memory:';
  }

  /** Runs `work` in one transaction: all of it or nothing. Throws `store_unavailable` when SQLite fails. */
  transaction<T>(mode: 'read' | 'write', work: (sql: Sql) => T): T {
    let db: DatabaseSync | null = null;
    try {
      const opened = this.#connect();
      db = opened.db;
      db.exec(mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN');
      const result = work(opened.sql);
      db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#recover(db, error);
      throw isBackendError(error) ? storeUnavailable(error) : error;
    }
  }

  /** Empties the write-ahead log, so that what was deleted is no longer in it either. Does nothing while it is in use. */
  truncateLog(): void {
    if (!this.inMemory) this.#opened?.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    const opened = this.#opened;
    this.#opened = null;
    opened?.db.close();
  }

  #connect(): Opened {
    // The handle of a file that was moved away or replaced accepts writes, but nobody could ever read them.
    if (this.#opened && this.#opened.inode !== this.#inode()) this.close();
    if (this.#opened) return this.#opened;
    if (!this.inMemory) createPrivate(this.#path);
    const db = this.#open(this.#path, { timeout: BUSY_TIMEOUT_MS });
    try {
      // WAL: readers and a writer do not wait for each other. NORMAL: a crash of the process loses nothing; a power
      // cut may lose the last writes, but never corrupts the file.
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      migrate(db);
      if (!this.inMemory) this.#closeToOthers();
    } catch (error) {
      db.close();
      throw error;
    }
    this.#opened = { db, sql: new Sql(db), inode: this.#inode() };
    return this.#opened;
  }

  /** Reported once, although the file may be opened many times. */
  #closeToOthers(): void {
    const readable = closeToOthers(this.#path);
    if (readable.length === 0 || this.#reportedAsReadable) return;
    this.#reportedAsReadable = true;
    log('warn', 'data_readable_by_others', { paths: readable.join(' ') });
  }

  #inode(): number | null {
    if (this.inMemory) return null;
    return statSync(this.#path, { throwIfNoEntry: false })?.ino ?? null;
  }

  #recover(db: DatabaseSync | null, error: unknown): void {
    if (!db?.isOpen) return;
    // SQLite may have rolled back on its own (FULL, IOERR, NOMEM).
    if (db.isTransaction) {
      try {
        db.exec('ROLLBACK');
      } catch (rollback) {
        if (!this.inMemory) this.close();
        throw storeUnavailable(
          new AggregateError([error, rollback], 'a transaction could not be rolled back'),
        );
      }
    }
    if (!this.inMemory && REOPEN_AFTER.has(primaryCode(error))) this.close();
  }
}

function migrate(db: DatabaseSync): void {
  const version = () => Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (version() === MIGRATIONS.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another process may have just migrated the file.
    const from = version();
    if (from > MIGRATIONS.length)
      throw new NewerStore('the database was written by a newer version of Confab');
    for (const step of MIGRATIONS.slice(from)) db.exec(step);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT;`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Errors of SQLite and of the file system carry a code. One without is a bug of ours, not a failure of the backend. */
const isBackendError = (error: unknown): boolean =>
  error instanceof UnreadableData ||
  (error instanceof Error &&
    'code' in error &&
    !(error instanceof TypeError) &&
    !(error instanceof ChatError));

const primaryCode = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : 0;
