import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { ChatError } from '@/lib/chat/chat-error';
import { log } from '@/lib/server/log';
import {
  DamagedFile,
  NewerStore,
  NoLocks,
  ReplacedFile,
  storeReasonOf,
  storeUnavailable,
  UnreadableData,
} from '../store-error';
import { FolderLocks } from './folder-locks';
import { OpenFile, replaceByCopy, setStaleLogAside } from './open-file';
import { closeToOthers, createPrivate } from './private-files';
import { MIGRATIONS } from './schema';
import { Sql } from './sql';

/** How long SQLite itself waits for another process's write. The wait blocks this process, so it is short. */
const BUSY_TIMEOUT_MS = 10;

/**
 * How soon after a write the log is checkpointed into the file, so that a plain copy of the file is rarely
 * out of date.
 */
const EMPTY_LOG_MS = 30_000;

/** A replaced file is opened once it has not been written to for this long. */
const QUIET_MS = 1_000;

/** Larger files are not checked as a whole for damage, because that would block this process for too long. */
const INSPECTED_BYTES = 64 * 2 ** 20;
const INSPECT_EVERY_MS = 5_000;

const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** SQLite's primary result codes (sqlite.org/rescode.html) after which the handle itself is unusable. */
const REOPEN_AFTER = new Set([/* READONLY */ 8, /* IOERR */ 10, CORRUPT, /* CANTOPEN */ 14, NOT_A_DATABASE]);

interface Opened {
  db: DatabaseSync;
  sql: Sql;
  /** null for `:memory:`. */
  file: OpenFile | null;
}

/**
 * A SQLite database that is opened at the first call, and reopened after a failure that made its handle
 * unusable. So the server recovers without a restart once a full disk, a missing folder or a replaced file
 * has been fixed.
 */
export class SqliteConnection {
  readonly #open: (path: string, options: { timeout: number }) => DatabaseSync;
  readonly #path: string;
  readonly #locks: FolderLocks;
  #opened: Opened | null = null;
  #reportedAsReadable = false;
  #reportedNoLocks = false;
  /** The error that SQLite reported for a damaged file; null while no damage has been found. */
  #damage: Error | null = null;
  #damagedInode: number | null = null;
  /** When the whole file was last checked, by `performance.now()`; null if not since it was replaced. */
  #inspectedAt: number | null = null;
  /** Whether the file was replaced and the new one has not been opened yet. */
  #isReplaced = false;
  #emptyingLog: ReturnType<typeof setTimeout> | null = null;

  constructor(open: (path: string, options: { timeout: number }) => DatabaseSync, path: string) {
    this.#open = open;
    this.#path = path;
    this.#locks = new FolderLocks(open, path);
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
      if (mode === 'write') this.#noteWrite(opened);
      return result;
    } catch (error) {
      this.#recover(db, error);
      throw isBackendError(error) ? storeUnavailable(this.#explain(error)) : error;
    }
  }

  /**
   * Throws `store_unavailable` while the file is known to be damaged, even if the call would not read the
   * damaged part. This ends when the file is replaced or passes a check.
   */
  refuseDamage(): void {
    if (!this.#damage) return;
    try {
      this.#inspect(this.#connect().db);
    } catch (error) {
      throw isBackendError(error) ? storeUnavailable(error) : error;
    }
    if (this.#damage) throw storeUnavailable(this.#damage);
  }

  /**
   * Empties the write-ahead log, so that it no longer contains deleted data. Does nothing while the log is in
   * use.
   */
  truncateLog(): void {
    if (this.#opened?.file?.state() === 'same') this.#opened.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    if (this.#emptyingLog) clearTimeout(this.#emptyingLog);
    this.#emptyingLog = null;
    if (this.#opened?.file?.state() === 'overwritten') this.#leaveReplaced();
    else this.#close();
  }

  #close(): void {
    const opened = this.#opened;
    this.#opened = null;
    opened?.db.close();
    opened?.file?.close();
  }

  #connect(): Opened {
    this.#leaveIfReplaced();
    if (this.#opened) return this.#opened;
    if (!this.inMemory) {
      createPrivate(this.#path);
      this.#reportStaleLog(setStaleLogAside(this.#path));
    }
    const db = this.#open(this.#path, { timeout: BUSY_TIMEOUT_MS });
    try {
      // INCREMENTAL: deleted pages can be given back to the disk. This only has an effect in an empty file.
      // WAL: readers and a writer do not block each other. NORMAL: a crash of the process loses nothing; a
      // power cut may lose the last writes, but never corrupts the file. secure_delete: what a save replaces is
      // overwritten, so that no earlier state of a deleted turn is left in the file.
      db.exec(
        `PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         PRAGMA secure_delete = ON;`,
      );
      migrate(db);
      // After a crash, SQLite does not know how much of the log has been checkpointed into the file.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      if (!this.inMemory) this.#closeToOthers();
      this.#opened = { db, sql: new Sql(db), file: this.inMemory ? null : new OpenFile(this.#path) };
    } catch (error) {
      db.close();
      // Another server still has the previous file open and holds locks on it.
      if (this.#isReplaced && primaryCode(error) === BUSY) replaceByCopy(this.#path);
      throw error;
    }
    this.#isReplaced = false;
    if (this.#damage && this.#damagedInode !== this.#inode()) {
      this.#damage = null;
      this.#inspectedAt = null;
    }
    if (this.#inspectedAt === null) this.#inspect(db);
    return this.#opened;
  }

  /**
   * Closes the handle of a replaced file. It would still accept writes, but these would be lost or would
   * damage the new file.
   */
  #leaveIfReplaced(): void {
    const file = this.#opened?.file;
    const state = file?.state() ?? 'same';
    if (state === 'same') return;
    if (state === 'overwritten') {
      if (file && file.quietMs() < QUIET_MS) throw new ReplacedFile('the database is being replaced');
      this.#leaveReplaced();
    } else {
      this.#close();
      this.#reportStaleLog(file?.setLogAside() ?? null);
    }
    this.#damage = null;
    this.#inspectedAt = null;
    this.#isReplaced = true;
    log('warn', 'database_replaced', {
      path: this.#path,
      advice: 'Restore a backup with `npm run restore`.',
    });
  }

  #leaveReplaced(): void {
    const file = this.#opened?.file;
    file?.whileMoved(() => this.#close());
    this.#reportStaleLog(file?.setLogAside() ?? null);
  }

  #reportStaleLog(aside: string | null): void {
    if (aside)
      log('warn', 'stale_log_set_aside', {
        path: aside,
        reason: 'the database was replaced, and this log is of the one before',
      });
  }

  #noteWrite({ file }: Opened): void {
    if (!file) return;
    file.state();
    this.#emptyingLog ??= setTimeout(() => {
      this.#emptyingLog = null;
      try {
        this.truncateLog();
      } catch {
        // The next call meets the same error and reports it.
      }
    }, EMPTY_LOG_MS).unref();
  }

  /** Reported once, although the file may be opened many times. */
  #closeToOthers(): void {
    const readable = closeToOthers(this.#path);
    if (readable.length === 0 || this.#reportedAsReadable) return;
    this.#reportedAsReadable = true;
    log('warn', 'data_readable_by_others', { paths: readable.join(' ') });
  }

  /** Checks the whole file for damage, unless it is large. */
  #inspect(db: DatabaseSync): void {
    const now = performance.now();
    if (this.#inspectedAt !== null && now - this.#inspectedAt < INSPECT_EVERY_MS) return;
    this.#inspectedAt = now;
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    const isLarge = Number(pragma('page_count')) * Number(pragma('page_size')) > INSPECTED_BYTES;
    // In a large file, damage is reported again by the next call that meets it.
    const found = isLarge ? 'ok' : String(pragma('quick_check(1)'));
    if (found === 'ok') this.#damage = null;
    else this.#noteDamage(new DamagedFile(`the database is damaged: ${found}`));
  }

  #noteDamage(error: Error): void {
    if (!this.#damage)
      log('error', 'database_damaged', {
        path: this.#path,
        reason: error.message,
        advice: 'Restore a backup with `npm run restore`.',
      });
    this.#damage ??= error;
    this.#damagedInode = this.#inode();
  }

  #inode(): number | null {
    if (this.inMemory) return null;
    return statSync(this.#path, { throwIfNoEntry: false })?.ino ?? null;
  }

  #explain(error: unknown): unknown {
    const code = primaryCode(error);
    if ((code === CORRUPT || code === NOT_A_DATABASE) && error instanceof Error) this.#noteDamage(error);
    if (code === BUSY && !this.inMemory && !this.#locks.work()) {
      this.#reportNoLocks();
      return new NoLocks('the folder of the database refuses locks', { cause: error });
    }
    if (storeReasonOf(error) === 'no_locks') this.#reportNoLocks();
    return error;
  }

  /** Logged once, because it does not change while the server runs. */
  #reportNoLocks(): void {
    if (this.#reportedNoLocks) return;
    this.#reportedNoLocks = true;
    log('error', 'folder_without_locks', {
      path: this.#path,
      advice: 'Set DATA_DIR to a folder on a local disk, or use Redis.',
    });
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
