import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoreReason } from '@/lib/chat/errors';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { MIGRATIONS } from './schema';
import { SqliteStore } from './sqlite-store';

const UNAVAILABLE = { name: 'ChatError', code: 'store_unavailable', cause: expect.any(Error) };
const because = (reason: StoreReason) => ({ ...UNAVAILABLE, reason });

let folder: string;
let path: string;
let store: Store;
let client: SessionClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'confab-trouble-'));
  path = join(folder, 'confab.db');
  store = await openStore({ driver: 'sqlite', path });
  client = new SessionClient(store);
  await client.addTurns('a', 'b');
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Opens the file as another process would. */
function withFile<T>(work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Takes back the newest migrations. */
const UNDO_MIGRATIONS = `
  DROP TRIGGER turn_added; DROP TRIGGER turn_changed; DROP TRIGGER turn_moved; DROP TRIGGER turn_removed;
  DROP TRIGGER tree_changed; DROP TRIGGER tree_removed; DROP TRIGGER image_added; DROP TRIGGER image_removed;
  DROP TABLE guests; DROP TABLE rates; DROP TABLE day_counts; DROP INDEX trees_live;
  DROP TABLE devices; DROP TABLE deletions;
  ALTER TABLE trees DROP COLUMN bytes;
`;

/** What each guest stores, as it was counted and as it is. */
const storage = () =>
  withFile((db) =>
    db
      .prepare(
        `SELECT bytes AS counted, (
           SELECT COALESCE(SUM(octet_length(json)), 0) FROM turns JOIN trees ON pk = tree
             WHERE trees.owner = guests.owner
         ) + (SELECT COALESCE(SUM(octet_length(data)), 0) FROM images WHERE images.owner = guests.owner) AS stored
         FROM guests`,
      )
      .all(),
  );

describe('SQLite', () => {
  test('counts exactly what each guest stores, whatever happens to it', async () => {
    await client.upload(Buffer.alloc(500));
    const ref = await client.upload(Buffer.alloc(700, 1), 1_000);
    await client.addTurn('c', { images: [ref] });
    await store.clear(client.ref);
    await client.addTurn('d');
    await store.restore(client.ref);
    await store.removeTurn(client.turnRef('c'));
    await client.mustBegin('e');
    await client.save('e', 'some text');
    for (const wait of [0, 11 * 60_000, 31 * 86_400_000, 31 * 86_400_000]) {
      client.now += wait;
      const other = new SessionClient(store, { now: client.now });
      await other.addTurn('x');
      const sums = storage();
      for (const { counted, stored } of sums) expect(counted).toBe(stored);
      expect(sums.length).toBeGreaterThan(1);
    }
    expect(storage()).toContainEqual({ counted: 0, stored: 0 });
  });

  test('keeps a file when its process ends', async () => {
    await store.close();
    store = await openStore({ driver: 'sqlite', path });
    expect(await new SessionClient(store, client.ref).shownIds()).toEqual(['a', 'b']);
  });

  test('migrates a file of an older version and keeps its content', async () => {
    await store.close();
    withFile((db) =>
      db.exec(`
        ${UNDO_MIGRATIONS}
        ALTER TABLE turns DROP COLUMN user_hash;
        DROP TABLE turn_images; DROP TABLE images;
        PRAGMA user_version = 1;
      `),
    );
    store = await openStore({ driver: 'sqlite', path });
    const reopened = new SessionClient(store, client.ref);
    const ref = await reopened.upload(Buffer.from('bytes'));
    await reopened.addTurn('c', { images: [ref] });
    await reopened.addTurn('c2', { content: 'says b', parentId: 'a' });
    const { userHashes } = await reopened.history();
    expect(userHashes.c2).toBe(userHashes.b);
    await reopened.setHead('c');
    expect(await reopened.shownIds()).toEqual(['a', 'b', 'c']);
    expect(await reopened.image(ref)).toMatchObject({ id: ref.id });
  });

  test('migrates images of the first release: those in use are kept, and the others get an end', async () => {
    const [shown, deleted, draft] = await Promise.all([1, 2, 3].map((n) => client.upload(Buffer.of(n))));
    if (!shown || !deleted || !draft) throw new Error('an upload failed');
    await client.addTurn('c', { images: [shown, deleted], ttlMs: null });
    await client.addTurn('d', { images: [shown], ttlMs: null });
    await store.close();
    withFile((db) =>
      db.exec(`
        ${UNDO_MIGRATIONS}
        ${MIGRATIONS[1]?.slice(MIGRATIONS[1].indexOf('CREATE TABLE image_uses'))}
        INSERT INTO image_uses SELECT DISTINCT images.pk, turns.tree FROM images
          JOIN turn_images ON image = images.id JOIN turns ON seq = turn;
        UPDATE images SET kept_until = NULL;
        ALTER TABLE turns DROP COLUMN user_hash;
        DROP TABLE turn_images;
        PRAGMA user_version = 2;
      `),
    );
    store = await openStore({ driver: 'sqlite', path });
    await store.check();
    for (const { counted, stored } of storage()) expect(counted).toBe(stored);
    const reopened = new SessionClient(store, client.ref);
    await store.removeTurn(reopened.turnRef('c'));
    reopened.now += 25 * 3_600_000;
    expect(await reopened.image(draft)).not.toBeNull();
    expect(await reopened.image(deleted)).toBeNull();
    reopened.now += 1_000 * 86_400_000;
    expect(await reopened.image(shown)).not.toBeNull();
    expect(await reopened.image(draft)).toBeNull();
    await store.remove(reopened.ref);
    reopened.now += 25 * 3_600_000;
    expect(await reopened.image(shown)).toBeNull();
  });

  test('sweeps images that nothing needs, however many are in use', async () => {
    const hour = 3_600_000;
    const used = await Promise.all(Array.from({ length: 12 }, (_, n) => client.upload(Buffer.of(n), hour)));
    for (const [n, ref] of used.entries()) await client.addTurn(`i${n}`, { images: [ref] });
    await client.upload(Buffer.from('unused'), 2 * hour);
    const count = () => withFile((db) => db.prepare('SELECT COUNT(*) AS images FROM images').get()?.images);
    expect(count()).toBe(13);
    client.now += 3 * hour;
    await client.addTurns('x', 'y', 'z');
    expect(count()).toBe(12);
    for (const ref of used) expect(await client.image(ref)).not.toBeNull();
    await store.remove(client.ref);
    client.now += 48 * hour;
    const other = new SessionClient(store, { now: client.now });
    await other.addTurns('1', '2', '3', '4');
    expect(count()).toBe(0);
  });

  test('reports a lock of another process, and recovers with its release', async () => {
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(client.begin('c')).rejects.toMatchObject(because('locked'));
    await expect(store.check()).rejects.toMatchObject(because('locked'));
    expect(await client.shownIds()).toEqual(['a', 'b']);
    other.exec('COMMIT');
    other.close();
    expect(await client.addTurn('c')).toMatchObject({ kind: 'begun' });
  });

  test('does not block the event loop while waiting for a lock', async () => {
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    let eventLoopTurns = 0;
    const counting = setInterval(() => {
      eventLoopTurns += 1;
    }, 1);
    await expect(client.begin('c')).rejects.toMatchObject(because('locked'));
    clearInterval(counting);
    expect(eventLoopTurns).toBeGreaterThan(10);
    const waiting = client.begin('c');
    other.exec('COMMIT');
    other.close();
    expect(await waiting).toMatchObject({ kind: 'begun' });
  });

  test('lets two processes share a file', async () => {
    const other = await openStore({ driver: 'sqlite', path });
    await new SessionClient(other, client.ref).addTurn('c');
    await client.addTurn('d');
    expect(await new SessionClient(other, client.ref).shownIds()).toEqual(['a', 'b', 'c', 'd']);
    await other.close();
  });

  test('reports a file that is not a database, and recovers when it is replaced', async () => {
    await store.close();
    renameSync(path, `${path}.good`);
    writeFileSync(path, 'not a database, but long enough to have a header'.repeat(100));
    await expect(client.history()).rejects.toMatchObject(because('corrupt'));
    await expect(store.check()).rejects.toMatchObject(because('corrupt'));
    rmSync(path);
    renameSync(`${path}.good`, path);
    expect(await client.shownIds()).toEqual(['a', 'b']);
  });

  test('notices at once when the open file was deleted', async () => {
    await client.addTurn('c');
    for (const part of ['', '-wal', '-shm']) rmSync(`${path}${part}`, { force: true });
    expect(await client.history()).toMatchObject({ session: null });
    await client.addTurn('d');
    expect(withFile((db) => db.prepare('SELECT COUNT(*) AS n FROM turns').get())).toEqual({ n: 1 });
  });

  test('stores no partial turn on a full disk, and still stores smaller ones', async () => {
    const full = openFull();
    await full.client.addTurn('a');
    await expect(full.client.begin('big', { content: 'x'.repeat(2_000_000) })).rejects.toMatchObject(
      because('full'),
    );
    expect(await full.client.shownIds()).toEqual(['a']);
    await full.client.addTurn('small');
    expect(await full.client.shownIds()).toEqual(['a', 'small']);
    await full.store.close();
  });

  test('recovers once the folder can be created', async () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, 'a file where the folder should be');
    const early = await openStore({ driver: 'sqlite', path: join(blocked, 'confab.db') });
    await expect(early.check()).rejects.toMatchObject(UNAVAILABLE);
    rmSync(blocked);
    await early.check();
    await early.close();
  });

  test('leaves a file of a newer version alone', async () => {
    await store.close();
    withFile((db) => db.exec('PRAGMA user_version = 99'));
    await expect(client.history()).rejects.toMatchObject({
      ...because('newer'),
      cause: { message: expect.stringContaining('newer version') },
    });
    expect(withFile((db) => db.prepare('PRAGMA user_version').get())).toEqual({ user_version: 99 });
  });

  test.each([
    ['the JSON of a turn', 'UPDATE turns SET json = \'{"v":1\''],
    ['the form of a turn', "UPDATE turns SET json = '[]'"],
    ['a status', "UPDATE turns SET status = 'sleeping'"],
    ['a title', "UPDATE trees SET title = 'no json'"],
    ['a time', "UPDATE trees SET created_at = 'yesterday'"],
  ])('reports damage to %s, and returns no empty history', async (_, statement) => {
    withFile((db) => db.exec(statement));
    await expect(client.history()).rejects.toMatchObject(because('corrupt_record'));
  });

  test('sweeps expired sessions in later begins, a few at a time', async () => {
    const now = client.now;
    for (let n = 0; n < 25; n++) await new SessionClient(store, { now }).addTurn('a', { ttlMs: 1_000 });
    const count = () => withFile((db) => db.prepare('SELECT COUNT(*) AS n FROM trees').get());
    expect(count()).toEqual({ n: 26 });
    client.now += 2_000;
    await client.addTurn('c');
    expect(count()).toEqual({ n: 6 });
    await client.addTurn('d');
    expect(count()).toEqual({ n: 1 });
    expect(withFile((db) => db.prepare('SELECT COUNT(*) AS n FROM turns').get())).toEqual({ n: 4 });
  });
});

describe('the sweep of SQLite', () => {
  const pragma = (name: string) => Number(withFile((db) => db.prepare(`PRAGMA ${name}`).get()?.[name]));
  const rows = (table: string) =>
    Number(withFile((db) => db.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.n));
  const DAY_MS = 86_400_000;

  async function sweepAll(now: number): Promise<number> {
    for (let calls = 1; ; calls++) if (!(await store.sweep({ now }))) return calls;
  }

  test('deletes what has expired without any send, a bounded part at a time, and the file shrinks', async () => {
    const now = client.now;
    for (let n = 0; n < 12; n++) {
      const guest = new SessionClient(store, { now });
      for (let turn = 0; turn < 12; turn++)
        await guest.addTurn(`${turn}`, { content: 'x'.repeat(9_000), ttlMs: 1_000 });
      await guest.upload(Buffer.alloc(50_000, n), DAY_MS);
    }
    const large = new SessionClient(store, { now });
    for (let turn = 0; turn < 300; turn++) await large.addTurn(`${turn}`, { ttlMs: 2_000 });
    const before = { pages: pragma('page_count'), turns: rows('turns') };
    expect(await store.sweep({ now })).toBe(false);
    expect(await store.sweep({ now: now + 30_000 })).toBe(false);
    const later = now + 2 * DAY_MS;
    let turns = rows('turns');
    while (await store.sweep({ now: later })) {
      expect(turns - rows('turns')).toBeLessThanOrEqual(200);
      turns = rows('turns');
      expect(await client.shownIds()).toEqual(['a', 'b']);
    }
    expect({ turns: rows('turns'), sessions: rows('trees'), images: rows('images') }).toEqual({
      turns: 2,
      sessions: 1,
      images: 0,
    });
    expect(before.turns).toBe(12 * 12 + 300 + 2);
    expect(pragma('freelist_count')).toBeLessThanOrEqual(256);
    expect(pragma('page_count')).toBeLessThan(before.pages / 3);
    for (const { counted, stored } of storage()) expect(counted).toBe(stored);
  });

  test('keeps what can still be restored, and deletes it after that', async () => {
    await client.addTurn('c', { ttlMs: null });
    await store.clear(client.ref);
    await client.addTurn('d', { ttlMs: null });
    await sweepAll(client.now + 9 * 60_000);
    await store.restore({ ...client.ref, now: client.now + 9 * 60_000 });
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
    await store.remove(client.ref);
    await sweepAll(client.now + 13 * 60_000);
    expect([rows('trees'), rows('turns'), rows('path')]).toEqual([0, 0, 0]);
  });

  test('leaves the disk alone if there is nothing to do', async () => {
    const other = new DatabaseSync(path);
    const before = other.prepare('PRAGMA data_version').get();
    expect(await sweepAll(client.now)).toBe(1);
    expect(other.prepare('PRAGMA data_version').get()).toEqual(before);
    other.close();
  });

  test('works on a file of an older version, which only cannot shrink', async () => {
    await store.close();
    withFile((db) => db.exec('PRAGMA auto_vacuum = NONE; VACUUM'));
    for (let n = 0; n < 40; n++)
      await new SessionClient(store, { now: client.now }).addTurn('x', {
        content: 'x'.repeat(40_000),
        ttlMs: 1_000,
      });
    const pages = pragma('page_count');
    await sweepAll(client.now + DAY_MS);
    expect(rows('trees')).toBe(1);
    expect(pragma('page_count')).toBe(pages);
  });

  test('lets two servers sweep the same file at once', async () => {
    for (let n = 0; n < 60; n++)
      await new SessionClient(store, { now: client.now }).addTurn('x', { ttlMs: 1_000 });
    const other = await openStore({ driver: 'sqlite', path });
    const now = client.now + DAY_MS;
    for (let more = true; more; )
      more = (await Promise.all([store.sweep({ now }), other.sweep({ now })])).includes(true);
    await other.close();
    expect(rows('trees')).toBe(1);
  });
});

/** A store on a disk with room for 1 MB. */
function openFull(): { store: Store; client: SessionClient } {
  const limited = new SqliteStore(
    (file, options) => {
      const db = new DatabaseSync(file, options);
      db.exec('PRAGMA max_page_count = 256');
      return db;
    },
    join(folder, 'full.db'),
  );
  return { store: limited, client: new SessionClient(limited) };
}
