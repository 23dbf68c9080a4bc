import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { join } from '@/lib/server/untraced-path';

/** For how long an answer holds. */
const FRESH_MS = 10_000;

/**
 * Whether locks work in the folder of a database. Some network folders refuse them all, and SQLite reports that as a lock
 * of another program. A database of our own there, which nobody else opens, tells the two apart.
 */
export class FolderLocks {
  readonly #open: (path: string, options: { timeout: number }) => DatabaseSync;
  readonly #trial: string;
  #last: { work: boolean; at: number } | null = null;

  constructor(open: (path: string, options: { timeout: number }) => DatabaseSync, path: string) {
    this.#open = open;
    this.#trial = join(dirname(path), `.confab-locks-${process.pid}.sqlite`);
  }

  work(): boolean {
    const now = performance.now();
    if (!this.#last || now - this.#last.at > FRESH_MS) this.#last = { work: this.#try(), at: now };
    return this.#last.work;
  }

  #try(): boolean {
    let db: DatabaseSync | null = null;
    try {
      db = this.#open(this.#trial, { timeout: 0 });
      db.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; CREATE TABLE trial (id INTEGER); COMMIT');
      return true;
    } catch (error) {
      // Any other trouble, such as a full disk, says nothing about locks.
      return !(error instanceof Error && 'errcode' in error && REFUSED.has(Number(error.errcode) & 0xff));
    } finally {
      db?.close();
      for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${this.#trial}${part}`, { force: true });
    }
  }
}

const REFUSED = new Set([/* PERM */ 3, /* BUSY */ 5, /* LOCKED */ 6, /* PROTOCOL */ 15]);
