import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { join } from '@/lib/server/untraced-path';

/** How long a result is cached. */
const FRESH_MS = 10_000;

/**
 * Whether file locks work in the folder of a database. Some network folders refuse every lock, which SQLite
 * reports as if another program held it. A temporary database that nobody else opens tells the two cases
 * apart.
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
      // Other errors, such as a full disk, say nothing about locks.
      return !(error instanceof Error && 'errcode' in error && REFUSED.has(Number(error.errcode) & 0xff));
    } finally {
      db?.close();
      for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${this.#trial}${part}`, { force: true });
    }
  }
}

const REFUSED = new Set([/* PERM */ 3, /* BUSY */ 5, /* LOCKED */ 6, /* PROTOCOL */ 15]);
