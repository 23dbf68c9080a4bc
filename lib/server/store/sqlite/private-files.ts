import { chmodSync, closeSync, mkdirSync, openSync, realpathSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { resolve } from '@/lib/server/untraced-path';

const OTHERS = 0o077;
const STICKY = 0o1000;
const PARTS = ['', '-wal', '-shm'];

/**
 * Creates the folder (mode 0700) and an empty database (0600) where they are missing. SQLite gives its log the mode of
 * the database. @throws what the file system throws when it cannot create the folder.
 */
export function createPrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // Never an existing file: closing it would release the locks that this process holds on it.
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // It exists, or SQLite will report why it cannot be created.
  }
}

/**
 * Takes the folder and the files of a database away from other accounts, whoever created them. A folder that obviously
 * has other uses keeps its mode. Returns the paths that others can still read: the file system does not keep modes, or
 * they belong to another account.
 */
export function closeToOthers(path: string, setMode: typeof chmodSync = chmodSync): string[] {
  // Windows has no such modes: a folder has the access list of the one above it.
  if (process.platform === 'win32') return [];
  const folder = dirname(path);
  // The log lies beside the database itself, not beside a link to it.
  const file = realpathSync(path);
  const files = PARTS.map((part) => file + part);
  return (isShared(folder) ? files : [folder, ...files]).filter((each) => !closed(each, setMode));
}

/** Whether others have no access now, or there is no such file. */
function closed(path: string, setMode: typeof chmodSync): boolean {
  const before = statSync(path, { throwIfNoEntry: false });
  if (!before || isClosed(before)) return true;
  try {
    setMode(path, before.mode & 0o7777 & ~OTHERS);
  } catch {
    // The mode below says that it failed.
  }
  const after = statSync(path, { throwIfNoEntry: false });
  return !after || isClosed(after);
}

const isClosed = ({ mode }: Stats): boolean => (mode & OTHERS) === 0;

/** `/tmp` and the like (sticky), a home folder, the project itself: closing these would break other programs. */
function isShared(folder: string): boolean {
  const path = resolve(folder);
  return ['/', homedir(), process.cwd()].includes(path) || (statSync(path).mode & STICKY) !== 0;
}
