import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextEvents } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { firstReleaseSql } from '@/lib/server/store/contract/first-release/first-release-data';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openStore } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';
import { prepareDataFolder } from './support/server-settings.mjs';

const SCRIPTS = fileURLToPath(new URL('.', import.meta.url));

let folder: string;
let path: string;
let store: Store;
let client: SessionClient;

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'confab-backup-')));
  path = join(folder, 'confab.sqlite');
  store = await openStore({ driver: 'sqlite', path });
  client = aClient(store);
  await client.addTurns('a', 'b');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  rmSync(folder, { recursive: true });
});

const aClient = (of: Store) => new SessionClient(of, { owner: 'owner', sessionId: 'session' });

/** Runs the script as npm does; never rejects. */
function run(
  script: 'backup' | 'restore',
  args: string[] = [],
  environment: Record<string, string> = {},
  scripts = SCRIPTS,
) {
  const nothingSet = { REDIS_URL: '', UPSTASH_REDIS_REST_URL: '', KV_REST_API_URL: '' };
  return new Promise<{ code: number; text: string }>((done) => {
    execFile(
      process.execPath,
      [join(scripts, `${script}.mjs`), ...args],
      { env: { ...process.env, ...nothingSet, DATA_DIR: folder, ...environment } },
      (error, stdout, stderr) => done({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    );
  });
}

async function makeBackup(): Promise<string> {
  const { code, text } = await run('backup');
  expect({ code, text }).toMatchObject({ code: 0 });
  const target = / to (\S+\.sqlite)\n/.exec(text)?.[1] ?? '';
  expect(existsSync(target)).toBe(true);
  return target;
}

const modeOf = (file: string) => statSync(file).mode & 0o777;
const asideFiles = () => readdirSync(folder).filter((name) => /\.replaced-[\d-]+$/.test(name));

async function idsIn(file: string): Promise<string[]> {
  const copy = join(folder, `read-${Math.random()}.sqlite`);
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  const opened = await openStore({ driver: 'sqlite', path: copy });
  const ids = await aClient(opened).shownIds();
  await opened.close();
  return ids;
}

/** For a database that is not in use. */
function edit<T>(file: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096 * 3, 4096 * 9);
  writeFileSync(file, bytes);
}

describe('npm run backup', () => {
  test('copies everything that a running server has written, in one private file', async () => {
    const live = await client.mustBegin('c');
    expect(live.kind).toBe('begun');
    const target = await makeBackup();
    expect(target).toMatch(/backups\/confab-\d{4}-\d\d-\d\d-\d{6}\.sqlite$/);
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);
    expect([modeOf(target), modeOf(join(folder, 'backups'))]).toEqual([0o600, 0o700]);
    expect(await idsIn(target)).toEqual(['a', 'b', 'c']);
    await client.finish('c');
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
  });

  test('is as of one moment while a server goes on writing', async () => {
    let isDone = false;
    const writing = (async () => {
      for (let n = 0; !isDone; n++) {
        await client.addTurn(`n${n}`, { content: 'x'.repeat(2_000) });
        await nextEvents();
      }
    })();
    const target = await makeBackup();
    isDone = true;
    await writing;
    const copied = await idsIn(target);
    const all: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = await client.history(50, before);
      all.unshift(...page.turns.map(({ turn }) => turn.id));
      if (!page.nextBefore) break;
      before = page.nextBefore;
    }
    const last = copied.at(-1) ?? '';
    expect(all).toContain(last);
    expect(all.slice(0, all.indexOf(last) + 1).slice(-copied.length)).toEqual(copied);
  });

  test('copies to the file that is named, and never over one', async () => {
    const target = join(folder, 'elsewhere', 'mine.sqlite');
    expect(await run('backup', [target])).toMatchObject({ code: 0 });
    expect(await idsIn(target)).toEqual(['a', 'b']);
    const again = await run('backup', [target]);
    expect(again).toMatchObject({ code: 1, text: expect.stringContaining('never replaces a file') });
  });

  test('copies what a killed server left in its log', async () => {
    await makeBackup();
    const killed = join(folder, 'killed');
    mkdirSync(killed);
    for (const part of ['', '-wal']) copyFileSync(`${path}${part}`, join(killed, `confab.sqlite${part}`));
    const target = join(killed, 'copy.sqlite');
    expect(await run('backup', [target], { DATA_DIR: killed })).toMatchObject({ code: 0 });
    expect(await idsIn(target)).toEqual(['a', 'b']);
  });

  test.each<[string, () => Promise<void> | void, Record<string, string>, string]>([
    [
      'there is no database',
      () => undefined,
      { DATA_DIR: join(tmpdir(), 'confab-none') },
      'There is no database at',
    ],
    ['it is in memory', () => undefined, { DATA_DIR: ':memory:' }, 'kept in memory only'],
    ['it is in Redis', () => undefined, { REDIS_URL: 'redis://localhost' }, 'docs/deploy.md'],
    [
      'it is damaged',
      async () => {
        for (let n = 0; n < 30; n++) await client.addTurn(`m${n}`, { content: 'x'.repeat(3_000) });
        await store.close();
        damage(path);
      },
      {},
      'is damaged',
    ],
    [
      'it is no database',
      async () => {
        await store.close();
        writeFileSync(path, 'not a database'.repeat(500));
      },
      {},
      'cannot be read as a database',
    ],
    [
      'it is a database of another program',
      async () => {
        await store.close();
        rmSync(path);
        edit(path, (db) => db.exec('CREATE TABLE theirs (x)'));
      },
      {},
      'not one of Confab',
    ],
  ])('says so in a sentence, and leaves no file, if %s', async (_, prepare, environment, sentence) => {
    await prepare();
    const { code, text } = await run('backup', [join(folder, 'out.sqlite')], environment);
    expect(code).toBe(1);
    expect(text).toContain(sentence);
    expect(text).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder).filter((name) => name.startsWith('out'))).toEqual([]);
    if (existsSync(path)) rmSync(path);
  });
});

describe('npm run restore', () => {
  test('puts a backup back under a running server, which goes on with it', async () => {
    const target = await makeBackup();
    await client.addTurns('c', 'd');
    await client.mustBegin('live');
    const { code, text } = await run('restore', [target]);
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('is kept in') });
    expect(await client.shownIds()).toEqual(['a', 'b']);
    await store.check();
    expect(await client.write('live')).toEqual({ held: false, stored: null });
    await client.addTurn('e');
    await store.close();
    expect(await idsIn(path)).toEqual(['a', 'b', 'e']);
    expect(modeOf(path)).toBe(0o600);
  });

  test('keeps what was there, whole, and it can be restored in turn', async () => {
    const target = await makeBackup();
    await client.addTurns('c', 'd');
    await run('restore', [target]);
    const [aside = ''] = asideFiles();
    expect(asideFiles()).toHaveLength(1);
    expect(await client.shownIds()).toEqual(['a', 'b']);
    expect(await run('restore', [join(folder, aside)])).toMatchObject({ code: 0 });
    expect(await client.shownIds()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('restores where there is no database, and none is running', async () => {
    const target = await makeBackup();
    await store.close();
    for (const part of ['', '-wal', '-shm']) rmSync(`${path}${part}`, { force: true });
    const { text } = await run('restore', [target]);
    expect(text).not.toContain('is kept in');
    expect(await client.shownIds()).toEqual(['a', 'b']);
  });

  test('restores over the log of a server that was killed, which is kept with its file', async () => {
    const target = await makeBackup();
    await client.addTurn('c');
    const killed = join(folder, 'killed');
    mkdirSync(killed);
    for (const part of ['', '-wal']) copyFileSync(`${path}${part}`, join(killed, `confab.sqlite${part}`));
    expect(await run('restore', [target], { DATA_DIR: killed })).toMatchObject({ code: 0 });
    expect(await idsIn(join(killed, 'confab.sqlite'))).toEqual(['a', 'b']);
    const aside = readdirSync(killed).find((name) => /\.replaced-[\d-]+$/.test(name)) ?? '';
    expect(await idsIn(join(killed, aside))).toEqual(['a', 'b', 'c']);
  });

  test('heals a damaged database under a running server', async () => {
    const target = await makeBackup();
    for (let n = 0; n < 30; n++) await client.addTurn(`m${n}`, { content: 'x'.repeat(3_000) });
    await store.close();
    damage(path);
    await expect(store.check()).rejects.toMatchObject({ reason: 'corrupt' });
    expect(await run('restore', [target])).toMatchObject({ code: 0 });
    await store.check();
    expect(await client.shownIds()).toEqual(['a', 'b']);
  });

  test('takes a plain copy with its log, and data of the first release, which can then shrink', async () => {
    const copy = join(folder, 'copy');
    for (const part of ['', '-wal']) copyFileSync(`${path}${part}`, `${copy}${part}`);
    await client.addTurn('c');
    expect(await run('restore', [copy])).toMatchObject({ code: 0 });
    expect(await client.shownIds()).toEqual(['a', 'b']);
    const old = join(folder, 'old');
    edit(old, (db) => db.exec(firstReleaseSql()));
    expect(await run('restore', [old])).toMatchObject({ code: 0 });
    await store.check();
    await store.close();
    edit(path, (db) => expect(db.prepare('PRAGMA auto_vacuum').get()).toEqual({ auto_vacuum: 2 }));
  });

  test('follows a link to the database', async () => {
    const target = await makeBackup();
    await client.addTurn('c');
    const linked = join(folder, 'linked');
    mkdirSync(linked);
    symlinkSync(path, join(linked, 'confab.sqlite'));
    expect(await run('restore', [target], { DATA_DIR: linked })).toMatchObject({ code: 0 });
    expect(await client.shownIds()).toEqual(['a', 'b']);
  });

  test('waits for a write of a server, and says so if it does not end', async () => {
    const target = await makeBackup();
    await client.addTurn('c');
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const { code, text } = await run('restore', [target]);
    other.close();
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringContaining('locked by another program'),
    });
    expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
  });

  test('lists the backups if none is named', async () => {
    const target = await makeBackup();
    const { code, text } = await run('restore');
    expect(code).toBe(1);
    expect(text).toContain(target);
  });

  test.each<[string, (target: string) => void, string]>([
    ['is missing', (target) => rmSync(target), 'There is no file'],
    ['is damaged', damage, 'is damaged'],
    [
      'is cut off',
      (target) => writeFileSync(target, readFileSync(target).subarray(0, 9_000)),
      'cannot be read as a database',
    ],
    ['is empty', (target) => writeFileSync(target, ''), 'not one of Confab'],
    [
      'is no database',
      (target) => writeFileSync(target, 'text '.repeat(2_000)),
      'cannot be read as a database',
    ],
    [
      'is of a newer version',
      (target) => edit(target, (db) => db.exec('PRAGMA user_version = 1000')),
      'newer version',
    ],
    [
      'is of another program',
      (target) => edit(target, (db) => db.exec('DROP TABLE secrets')),
      'not one of Confab',
    ],
  ])('changes nothing if the backup %s', async (_, spoil, sentence) => {
    for (let n = 0; n < 20; n++) await client.addTurn(`m${n}`, { content: 'x'.repeat(3_000) });
    const target = await makeBackup();
    await client.addTurn('c');
    spoil(target);
    const before = await client.history();
    const { code, text } = await run('restore', [target]);
    expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining(sentence) });
    expect(text).not.toMatch(/\n\s+at /);
    expect(asideFiles()).toEqual([]);
    expect(await client.history()).toEqual(before);
  });

  test('refuses the database itself', async () => {
    expect(await run('restore', [path])).toMatchObject({
      code: 1,
      text: expect.stringContaining('is the database itself'),
    });
    expect(await client.shownIds()).toEqual(['a', 'b']);
  });
});

test('both work in a standalone folder, which has no packages and no environment files', async () => {
  const standalone = join(folder, 'standalone');
  mkdirSync(join(standalone, 'support'), { recursive: true });
  const files = readFileSync(join(SCRIPTS, 'support', 'standalone-files.mjs'), 'utf8').matchAll(
    /'([\w/.-]+\.mjs)': 'scripts\/([\w/.-]+)'/g,
  );
  for (const [, target = '', source = ''] of files)
    copyFileSync(join(SCRIPTS, source), join(standalone, target));
  const target = join(folder, 'copy.sqlite');
  const made = await run('backup', [target], {}, standalone);
  expect(made).toMatchObject({ code: 0, text: expect.stringContaining(target) });
  await client.addTurn('c');
  // There is no npm script.
  expect(made.text).toContain(`To restore it: node ${join(standalone, 'restore.mjs')} ${target}`);
  expect((await run('restore', [], {}, standalone)).text).toContain(
    `node ${join(standalone, 'restore.mjs')} FILE`,
  );
  expect(await run('restore', [target], {}, standalone)).toMatchObject({ code: 0 });
  expect(await client.shownIds()).toEqual(['a', 'b']);
});

describe('where the database is', () => {
  test.each(['.next/data', '.next/standalone/.data', '.vercel/output', 'node_modules/x'])(
    'no server starts with it in %s, which a build replaces',
    async (place) => {
      const inside = join(folder, place);
      mkdirSync(inside, { recursive: true });
      expect(() => prepareDataFolder({ DATA_DIR: join(inside, 'new') })).toThrow(
        'the next build would delete',
      );
      symlinkSync(inside, join(folder, 'link'));
      expect(() => prepareDataFolder({ DATA_DIR: join(folder, 'link') })).toThrow(
        'the next build would delete',
      );
      expect(existsSync(join(inside, 'new'))).toBe(false);
    },
  );

  test.each(['.next-data', 'a.next', 'next', 'data/.nextcloud'])(
    '%s is a folder like any other',
    async (place) => {
      prepareDataFolder({ DATA_DIR: join(folder, place) });
      expect(existsSync(join(folder, place))).toBe(true);
    },
  );
});
