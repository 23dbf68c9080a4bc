import { createHash } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

const PAGE = 4096;
/** The most pages that are compared: the first, the last, and others spread evenly between them. */
const COMPARED_PAGES = 32;

/**
 * The first part of SQLite's shared memory (`walformat.html`): bytes 32 to 39 are the salts of the log, 96 to
 * 99 how many of its frames are in the database, 128 to 131 how many the last checkpoint set out to write.
 */
const SHARED_BYTES = 136;

/**
 * The state of a database, to detect changes by other programs: SQLite records its own writes to the file in
 * the shared memory of its log.
 */
interface Seen {
  /** The identity, size and modification time of the file, as text. */
  file: string;
  /** A hash of some of its pages. */
  pages: string;
  /** How much of the log has been checkpointed into the file, in hex; null if unknown. */
  log: string | null;
  /** The identity of the log. */
  logInode: string | null;
}

/**
 * The file that a connection has open. SQLite does not notice when the file is replaced by another one, or
 * when a backup is copied over it. The log of the old content then lies beside the new file, and both look
 * intact until their pages mix.
 *
 * The descriptors stay open as long as the connection, because closing one would release SQLite's locks on
 * the file.
 */
export class OpenFile {
  readonly #path: string;
  readonly #file: number;
  readonly #shared: number | null;
  #seen: Seen;

  /** `path` is open in WAL mode. */
  constructor(path: string) {
    this.#path = realpathSync(path);
    this.#file = openSync(this.#path, 'r');
    this.#shared = openIfThere(`${this.#path}-shm`);
    this.#seen = this.#look() ?? { file: '', pages: '', log: null, logInode: null };
    writeState(this.#path, this.#seen);
  }

  /**
   * `moved`: the path leads to another file, or to none. `overwritten`: another program has written to the
   * file.
   */
  state(): 'same' | 'moved' | 'overwritten' {
    const now = statOf(this.#path);
    if (!now || identityOf(now) !== this.#seen.file.split(' ')[0]) return 'moved';
    if (describe(now) === this.#seen.file && this.#log() === this.#seen.log) return 'same';
    const seen = this.#look();
    if (!seen) return 'moved';
    if (isForeign(this.#seen, seen)) return 'overwritten';
    this.#seen = seen;
    writeState(this.#path, seen);
    return 'same';
  }

  /** How long ago the file was last written to, ms. */
  quietMs(): number {
    return Date.now() - Number(statOf(this.#path)?.ctimeMs ?? 0);
  }

  /** Moves the file away while `close` runs, so that SQLite does not checkpoint its log into it. */
  whileMoved(close: () => void): void {
    const elsewhere = `${this.#path}.replaced`;
    renameSync(this.#path, elsewhere);
    try {
      close();
    } finally {
      renameSync(elsewhere, this.#path);
    }
  }

  /**
   * Sets the old log aside, so that it is not applied to the new file. Call it once the connection is closed.
   */
  setLogAside(): string | null {
    const salts = this.#seen.log?.slice(0, 16);
    return salts !== undefined && saltsOf(`${this.#path}-wal`) === salts ? setLogAside(this.#path) : null;
  }

  close(): void {
    closeSync(this.#file);
    if (this.#shared !== null) closeSync(this.#shared);
  }

  #look(): Seen | null {
    const log = this.#log();
    const stat = statOf(this.#path);
    if (!stat) return null;
    return {
      file: describe(stat),
      pages: pagesOf(this.#file, Number(stat.size)),
      // If another process ran a checkpoint meanwhile, the pages are not a consistent snapshot.
      log: log === this.#log() ? log : null,
      logInode: inodeOf(`${this.#path}-wal`),
    };
  }

  #log(): string | null {
    return this.#shared === null ? null : progressOf(this.#shared);
  }
}

/**
 * Call this before opening a file. If a server died and the file was replaced afterwards, this sets the old
 * log aside and returns its new path. Otherwise SQLite would write the old content over the new.
 */
export function setStaleLogAside(path: string): string | null {
  if (!statOf(path)) return null;
  const file = realpathSync(path);
  const before = readState(file);
  // A log with another inode came with the file, because the whole folder was copied.
  if (!before || before.logInode === null || inodeOf(`${file}-wal`) !== before.logInode) return null;
  const stat = statOf(file);
  if (!stat || describe(stat) === before.file || !saltsOf(`${file}-wal`)) return null;
  const now = { file: describe(stat), pages: '', log: null as string | null, logInode: before.logInode };
  now.pages = withFile(file, (fd) => pagesOf(fd, Number(stat.size))) ?? '';
  now.log = withFile(`${file}-shm`, progressOf);
  return isForeign(before, now) ? setLogAside(file) : null;
}

/**
 * Replaces the file by a copy of itself. Processes that have the old file open notice, and hold no locks on
 * the copy.
 */
export function replaceByCopy(path: string): void {
  const file = realpathSync(path);
  copyFileSync(file, `${file}.replaced`, constants.COPYFILE_FICLONE);
  renameSync(`${file}.replaced`, file);
}

/** Whether the content of the file has changed without a checkpoint. */
function isForeign(before: Seen, now: Seen): boolean {
  if (now.log === null || now.log !== before.log) return false;
  const isWritingLog = now.log.slice(16, 24) !== now.log.slice(24);
  return !isWritingLog && now.pages !== before.pages;
}

function setLogAside(file: string): string {
  const aside = `${file}-wal.replaced-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  renameSync(`${file}-wal`, aside);
  rmSync(`${file}-shm`, { force: true });
  return aside;
}

const statOf = (path: string): BigIntStats | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false });

const identityOf = ({ dev, ino }: BigIntStats): string => `${dev}:${ino}`;
const describe = (stat: BigIntStats): string => `${identityOf(stat)} ${stat.size} ${stat.mtimeNs}`;

const inodeOf = (path: string): string | null => {
  const stat = statOf(path);
  return stat ? identityOf(stat) : null;
};

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

function withFile<T>(path: string, work: (fd: number) => T): T | null {
  const fd = openIfThere(path);
  if (fd === null) return null;
  try {
    return work(fd);
  } finally {
    closeSync(fd);
  }
}

function progressOf(shared: number): string | null {
  const bytes = Buffer.alloc(SHARED_BYTES);
  if (readSync(shared, bytes, 0, SHARED_BYTES, 0) < SHARED_BYTES) return null;
  return [bytes.subarray(32, 40), bytes.subarray(96, 100), bytes.subarray(128, 132)]
    .map((part) => part.toString('hex'))
    .join('');
}

/** null if the log is missing or empty. */
const saltsOf = (log: string): string | null =>
  withFile(log, (fd) => {
    const header = Buffer.alloc(32);
    return readSync(fd, header, 0, 32, 0) === 32 ? header.toString('hex', 16, 24) : null;
  });

function pagesOf(fd: number, size: number): string {
  const hash = createHash('sha1');
  const pages = Math.ceil(size / PAGE);
  const step = Math.max(1, (pages - 1) / (COMPARED_PAGES - 1));
  const page = Buffer.alloc(PAGE);
  for (let at = 0; at <= pages - 1; at += step) {
    const read = readSync(fd, page, 0, PAGE, Math.round(at) * PAGE);
    hash.update(page.subarray(0, read));
  }
  return hash.digest('base64url');
}

/** Saves the state beside the database. The next process needs it to recognise a stale log. */
function writeState(file: string, seen: Seen): void {
  try {
    writeFileSync(`${file}-state`, JSON.stringify(seen), { mode: 0o600 });
  } catch {
    // The disk is full or the folder is read-only: the transaction reports it.
  }
}

function readState(file: string): Seen | null {
  try {
    const {
      file: described,
      pages,
      log,
      logInode,
    }: Record<string, unknown> = JSON.parse(readFileSync(`${file}-state`, 'utf8'));
    if (typeof described !== 'string' || typeof pages !== 'string') return null;
    if (typeof log !== 'string' || typeof logInode !== 'string') return null;
    return { file: described, pages, log, logInode };
  } catch {
    return null;
  }
}
