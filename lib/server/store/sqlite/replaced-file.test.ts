import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { StoreProcess } from '@/e2e/support/servers/store-process';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import type { Store } from '../store';

let folder: string;
let path: string;
let backup: string;
let store: Store;
let client: SessionClient;
let lines: Record<string, unknown>[] = [];

beforeEach(async () => {
  lines = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
  folder = mkdtempSync(join(tmpdir(), 'confab-replaced-'));
  path = join(folder, 'confab.sqlite');
  backup = join(folder, 'backup.sqlite');
  store = await openStore({ driver: 'sqlite', path });
  client = aClient(store);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  rmSync(folder, { recursive: true });
});

const aClient = (of: Store) => new SessionClient(of, { owner: 'owner', sessionId: 'session' });
const events = () => lines.map(({ event }) => event);
const asideLogs = () => readdirSync(folder).filter((name) => name.includes('-wal.replaced-'));

async function startSecond(): Promise<StoreProcess> {
  const second = await StoreProcess.start(path, { lines });
  onTestFinished(() => second.kill());
  return second;
}

/** An intact copy of the current database, made by SQLite itself. */
function makeBackup(): void {
  rmSync(backup, { force: true });
  const db = new DatabaseSync(path);
  db.exec(`VACUUM INTO '${backup}'`);
  db.close();
}

/** The file with its log, as SQLite sees it. */
function integrity(file = path): unknown {
  const db = new DatabaseSync(file);
  try {
    return db.prepare('PRAGMA integrity_check').get()?.integrity_check;
  } finally {
    db.close();
  }
}

/** What the store holds once it answers, which has to happen within ten seconds. */
async function healed(of: SessionClient): Promise<string[]> {
  await vi.waitFor(() => of.store.check(), { timeout: 10_000, interval: 50 });
  return of.shownIds();
}

/** Enough writes to move pages, so that the copy and the log no longer match. */
async function addMuch(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) await client.addTurn(`t${n}`, { content: `${n} `.repeat(700) });
}

const copyOver = () => copyFileSync(backup, path);

/** The ways in which people restore a backup. */
const WAYS: [string, () => void][] = [
  ['copied over it', copyOver],
  [
    'copied over it with its old time',
    () => {
      copyOver();
      utimesSync(path, new Date('2026-01-01'), new Date('2026-01-01'));
    },
  ],
  [
    'written over it in two parts',
    () => {
      const bytes = readFileSync(backup);
      truncateSync(path);
      writeFileSync(path, bytes.subarray(0, 5_000), { flag: 'r+' });
      writeFileSync(path, bytes, { flag: 'r+' });
    },
  ],
  ['moved over it', () => renameSync(backup, path)],
  [
    'put there after it was removed',
    () => {
      rmSync(path);
      copyOver();
    },
  ],
  [
    'put there after it was renamed',
    () => {
      renameSync(path, `${path}.old`);
      copyOver();
    },
  ],
  [
    'linked in its place',
    () => {
      rmSync(path);
      linkSync(backup, path);
    },
  ],
];

describe('a backup that is put back under a running server', () => {
  test.each(WAYS)('is used, whole and as it was, when %s', async (_, putBack) => {
    await addMuch(0, 30);
    makeBackup();
    await addMuch(30, 60);
    putBack();
    expect(await healed(client)).toEqual(Array.from({ length: 30 }, (__, n) => `t${n}`));
    expect(integrity()).toBe('ok');
    await client.addTurn('after');
    expect((await client.shownIds()).at(-1)).toBe('after');
    await store.close();
    expect(integrity()).toBe('ok');
    expect(events()).toContain('database_replaced');
  });

  test.each(WAYS.slice(1, 5))(
    'is used by a second server of the same file, too, when %s',
    async (_, putBack) => {
      const second = await startSecond();
      await addMuch(0, 20);
      makeBackup();
      await addMuch(20, 40);
      expect(await second.add('z')).toHaveLength(41);
      putBack();
      const ids = Array.from({ length: 20 }, (__, n) => `t${n}`);
      expect(await healed(client)).toEqual(ids);
      await client.addTurn('by-first');
      await vi.waitFor(async () => expect(await second.ids()).toEqual([...ids, 'by-first']), {
        timeout: 10_000,
        interval: 50,
      });
      await second.add('by-second');
      expect(await healed(client)).toEqual([...ids, 'by-first', 'by-second']);
      await second.end();
      expect(integrity()).toBe('ok');
    },
  );

  test('is not read while it is still being copied', async () => {
    await addMuch(0, 30);
    makeBackup();
    await addMuch(30, 60);
    const bytes = readFileSync(backup);
    truncateSync(path);
    writeFileSync(path, bytes.subarray(0, 10_000), { flag: 'r+' });
    await expect(store.check()).rejects.toMatchObject({ reason: 'replaced' });
    await expect(client.history()).rejects.toMatchObject({ reason: 'replaced' });
    await expect(client.begin('lost')).rejects.toMatchObject({ reason: 'replaced' });
    writeFileSync(path, bytes, { flag: 'r+' });
    expect((await healed(client)).length).toBe(30);
    expect(integrity()).toBe('ok');
  });

  test('is named as damaged for as long as it is, and another one heals it', async () => {
    await addMuch(0, 60);
    makeBackup();
    const bytes = readFileSync(backup);
    const bad = Buffer.from(bytes);
    bad.fill(0x5a, 4096 * 8, 4096 * 20);
    writeFileSync(`${path}.bad`, bad);
    renameSync(`${path}.bad`, path);
    await expect(store.check()).rejects.toMatchObject({ reason: 'corrupt' });
    await expect(store.check()).rejects.toMatchObject({ reason: 'corrupt' });
    renameSync(backup, path);
    expect((await healed(client)).length).toBe(50);
    expect(events().filter((event) => event === 'database_damaged')).toHaveLength(1);
  });

  test('is kept when the server ends before it has noticed', async () => {
    await addMuch(0, 20);
    makeBackup();
    await addMuch(20, 40);
    copyOver();
    await store.close();
    expect(integrity()).toBe('ok');
    store = await openStore({ driver: 'sqlite', path });
    expect((await aClient(store).shownIds()).length).toBe(20);
  });
});

describe('what is no replacement', () => {
  test('a checkpoint, a vacuum and writes of another process', async () => {
    await addMuch(0, 20);
    const other = new DatabaseSync(path);
    other.exec('PRAGMA wal_checkpoint(PASSIVE)');
    await client.addTurn('a');
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    await client.addTurn('b');
    other.exec('CREATE TABLE theirs (x); VACUUM');
    await client.addTurn('c');
    other.exec('PRAGMA wal_checkpoint(RESTART); DROP TABLE theirs');
    other.close();
    await client.addTurn('d');
    expect((await client.shownIds()).slice(20)).toEqual(['a', 'b', 'c', 'd']);
    expect(events()).toEqual([]);
  });

  test('a file that was touched, linked or read', async () => {
    await addMuch(0, 20);
    utimesSync(path, new Date(), new Date());
    await client.addTurn('a');
    linkSync(path, `${path}.link`);
    await client.addTurn('b');
    readFileSync(path);
    await client.addTurn('c');
    expect((await client.shownIds()).slice(20)).toEqual(['a', 'b', 'c']);
    expect(events()).toEqual([]);
    expect(asideLogs()).toEqual([]);
  });

  test('thousands of writes, with checkpoints of their own', async () => {
    await addMuch(0, 400);
    expect((await client.session())?.headTurnId).toBe('t399');
    expect(events()).toEqual([]);
  });
});

describe('after a server was killed', () => {
  beforeEach(() => store.close());

  /** Leaves a log that has not been checkpointed, and a backup from before it. */
  async function killWriter(): Promise<void> {
    const first = await startSecond();
    for (const id of ['a', 'b']) await first.add(id);
    await first.kill();
    makeBackup();
    const second = await startSecond();
    for (const id of ['c', 'd', 'e']) await second.add(id);
    await second.kill();
    expect(existsSync(`${path}-wal`)).toBe(true);
  }

  const open = async () => {
    store = await openStore({ driver: 'sqlite', path });
    return aClient(store);
  };

  test.each(WAYS.slice(0, 5))('its log is not written over a backup that was %s', async (_, putBack) => {
    await killWriter();
    putBack();
    expect(await (await open()).shownIds()).toEqual(['a', 'b']);
    expect(events()).toContain('stale_log_set_aside');
    expect(asideLogs()).toHaveLength(1);
    expect(integrity()).toBe('ok');
  });

  test('what it wrote is all there if nothing was put back', async () => {
    await killWriter();
    expect(await (await open()).shownIds()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(events()).toEqual([]);
  });

  test('a copy of the whole folder has all of it, too', async () => {
    await killWriter();
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    for (const name of readdirSync(folder).filter((each) => each !== 'copy'))
      copyFileSync(join(folder, name), join(copy, name));
    path = join(copy, 'confab.sqlite');
    expect(await (await open()).shownIds()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(events()).toEqual([]);
  });

  test('a file that was only touched keeps its log', async () => {
    await killWriter();
    utimesSync(path, new Date(), new Date());
    expect(await (await open()).shownIds()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(events()).toEqual([]);
  });
});

test('the file alone is a whole copy once nothing was written for a while', async () => {
  await store.close();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    store = await openStore({ driver: 'sqlite', path });
    await aClient(store).addTurns('a', 'b');
    vi.advanceTimersByTime(30_000);
  } finally {
    vi.useRealTimers();
  }
  copyFileSync(path, backup);
  const copied = await openStore({ driver: 'sqlite', path: backup });
  expect(await aClient(copied).shownIds()).toEqual(['a', 'b']);
  await copied.close();
});
