import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as sqlite from 'node:sqlite';
import { Problem } from './problem.mjs';
import { storesInFile } from './server-settings.mjs';

/** How long to wait while a server writes, ms. */
const LOCK_WAIT_MS = 5_000;

/**
 * The environment files of a checkout. A standalone folder has none; its settings come from the environment.
 */
export async function loadSettings() {
  const files = await import('./environment-files.mjs').catch(() => null);
  files?.loadEnvironmentFiles();
}

/**
 * The SQLite file of the server with this environment.
 * @throws Problem if it keeps conversations elsewhere.
 */
export function databaseOf(environment) {
  if (environment.DATA_DIR?.trim() === ':memory:')
    throw new Problem(
      'Conversations are kept in memory only (DATA_DIR=:memory:): there is nothing to back up.',
    );
  if (!storesInFile(environment))
    throw new Problem(
      'Conversations are in Redis. Back up Redis itself: docs/deploy.md says how, under "Backup and restore".',
    );
  const path = join(resolve(environment.DATA_DIR?.trim() || '.data'), 'confab.sqlite');
  return existsSync(path) ? realpathSync(path) : path;
}

/** How to run `backup` or `restore` here: a standalone folder has no npm scripts. */
export const commandTo = (name) =>
  existsSync(join(import.meta.dirname, 'environment-files.mjs'))
    ? `npm run ${name} --`
    : `node ${join(import.meta.dirname, '..', `${name}.mjs`)}`;

export const backupsFolder = (database) => join(dirname(database), 'backups');

/** The backups in the default folder, newest first. */
export function backupsOf(database) {
  const folder = backupsFolder(database);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

/** The time for file names: `2026-11-25-213059`. */
export const stamp = (now = new Date()) => now.toISOString().replace(/T(\d+):(\d+):(\d+).*/, '-$1$2$3');

/**
 * Copies the current database to `target`, a single file without a log. Servers may write meanwhile.
 * @throws Problem if the copy is damaged; it is then deleted.
 */
export async function copyDatabase(database, target) {
  if (!existsSync(database)) throw new Problem(`There is no database at ${database}.`);
  if (existsSync(target)) throw new Problem(`${target} already exists, and a backup never replaces a file.`);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const partial = `${target}.partial`;
  remove(partial);
  try {
    const db = open(database);
    try {
      // In one step: between steps, a write of a server would make the backup start over.
      await sqlite.backup(db, partial, { rate: 2 ** 31 - 1 });
    } finally {
      db.close();
    }
    chmodSync(partial, 0o600);
    const content = inspect(partial);
    renameSync(partial, target);
    return content;
  } catch (error) {
    remove(partial);
    throw asProblem(error, database);
  }
}

/**
 * Replaces the database by a copy of `backup`, and returns the path to which the previous file was moved. A
 * running server notices and opens the new file. `newestVersion`: the newest supported schema version; null
 * if unknown.
 * @throws Problem if the backup cannot be used; then nothing has changed.
 */
export function restoreDatabase(backup, database, newestVersion) {
  if (!existsSync(backup)) throw new Problem(`There is no file ${backup}.`);
  if (existsSync(database) && realpathSync(backup) === realpathSync(database))
    throw new Problem(`${backup} is the database itself.`);
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 });
  const restoring = `${database}.restoring`;
  remove(restoring);
  try {
    copyFileSync(backup, restoring);
    // A plain copy of an open database is only complete with its log.
    if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${restoring}-wal`);
    chmodSync(restoring, 0o600);
    const content = inspect(restoring);
    if (newestVersion !== null && content.version > newestVersion)
      throw new Problem('A newer version of Confab wrote it. Update Confab first, then restore it.');
    giveToOwnerOf(existsSync(database) ? database : dirname(database), restoring);
    const aside = existsSync(database) ? exchange(database, restoring) : moveIn(database, restoring);
    return { ...content, aside };
  } catch (error) {
    remove(restoring);
    throw asProblem(error, backup);
  }
}

function moveIn(database, restoring) {
  for (const part of ['-wal', '-shm', '-state']) rmSync(`${database}${part}`, { force: true });
  renameSync(restoring, database);
  return null;
}

/** Locks the old file, because further writes to it would be lost. An unreadable file needs no lock. */
function exchange(database, restoring) {
  const aside = `${database}.replaced-${stamp()}`;
  const locked = lock(database);
  try {
    keep(database, aside);
    if (existsSync(`${database}-wal`)) renameSync(`${database}-wal`, `${aside}-wal`);
    for (const part of ['-shm', '-state']) rmSync(`${database}${part}`, { force: true });
    renameSync(restoring, database);
  } finally {
    // The path now leads to another file, so SQLite does not touch the log.
    locked?.close();
  }
  return aside;
}

function keep(database, aside) {
  try {
    linkSync(database, aside);
  } catch {
    // This disk does not support links, so there is no database for a moment.
    renameSync(database, aside);
  }
}

function lock(database) {
  let db = null;
  try {
    db = open(database);
    db.exec('BEGIN IMMEDIATE');
    return db;
  } catch (error) {
    db?.close();
    if (error.errcode === BUSY) throw error;
    return null;
  }
}

const BUSY = 5;

const open = (path) => new sqlite.DatabaseSync(path, { timeout: LOCK_WAIT_MS });

/**
 * Turns a copy into a single intact file, without a log and with incremental vacuum.
 * @throws Problem if it is damaged or not a database of Confab.
 */
function inspect(path) {
  const db = open(path);
  try {
    db.exec('PRAGMA journal_mode = DELETE');
    const found = value(db, 'PRAGMA integrity_check(1)');
    if (found !== 'ok') throw new Problem(`The database is damaged (${found}).`);
    if (value(db, "SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('trees', 'turns', 'secrets')") !== 3)
      throw new Problem('This is a SQLite file, but not one of Confab.');
    if (value(db, 'PRAGMA auto_vacuum') === 0) db.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
    return {
      conversations: value(db, 'SELECT COUNT(*) FROM trees WHERE level = 0'),
      version: value(db, 'PRAGMA user_version'),
      bytes: statSync(path).size,
    };
  } finally {
    db.close();
  }
}

const value = (db, query) => Object.values(db.prepare(query).get() ?? {})[0];

/**
 * Gives the file to the owner of the folder: root often restores a backup that the server then could not
 * open.
 */
function giveToOwnerOf(other, path) {
  const { uid, gid } = statSync(other);
  try {
    chownSync(path, uid, gid);
  } catch {
    // Only root can change the owner of a file; other users restore their own files.
  }
}

function remove(path) {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${part}`, { force: true });
}

function asProblem(error, path) {
  if (error instanceof Problem) return new Problem(`${path} cannot be used. ${error.message}`);
  if (error.errcode === BUSY)
    return new Problem(`${path} is locked by another program. Close that program, then try again.`);
  if (error.errcode !== undefined)
    return new Problem(`${path} cannot be read as a database: ${error.message}.`);
  if (error.code !== undefined) return new Problem(`${path}: ${error.message}.`);
  return error;
}
