import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { StoreProcess } from '@/e2e/support/servers/store-process';
import { SqliteStore } from './sqlite-store';

const { ENOLCK, EACCES, EPERM, EINVAL, EIO, ENODEV, ENOSYS, EOPNOTSUPP } = constants.errno;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'confab-locks-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SOURCE = fileURLToPath(new URL('../../../../e2e/support/servers/refuse-locks.c', import.meta.url));
const hasCompiler = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

/** With locks refused by the system itself. Needs a C compiler. */
describe.runIf(hasCompiler)('a folder of which the system refuses', () => {
  let library: string;
  beforeAll(() => {
    library = join(folder, 'refuse-locks.so');
    const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-o', library, SOURCE, '-ldl']);
    expect(status, String(stderr)).toBe(0);
  });

  test.each([
    ['locks', 'ENOLCK', ENOLCK],
    ['locks', 'EACCES', EACCES],
    ['locks', 'EPERM', EPERM],
    ['locks', 'EINVAL', EINVAL],
    ['locks', 'EIO', EIO],
    ['locks', 'ENOSYS', ENOSYS],
    ['locks', 'EOPNOTSUPP', EOPNOTSUPP],
    ['memory', 'ENODEV', ENODEV],
    ['memory', 'EINVAL', EINVAL],
    ['memory', 'EACCES', EACCES],
  ])('%s (%s) is named, and not another program', async (what, name, error) => {
    const place = join(folder, `${what}-${name}`);
    mkdirSync(place);
    const server = await StoreProcess.start(join(place, 'confab.sqlite'), {
      env: { LD_PRELOAD: library, REFUSE_WHAT: what, REFUSE_LOCKS_IN: place, REFUSE_WITH: String(error) },
    });
    onTestFinished(() => server.kill());
    expect(await server.add('a')).toBe('no_locks');
    expect(readdirSync(place).filter((file) => file.startsWith('.confab-locks'))).toEqual([]);
  });
});

test('a lock of another program stays one', async () => {
  const path = join(folder, 'locked.sqlite');
  const store = new SqliteStore((file, options) => new DatabaseSync(file, options), path);
  await store.check();
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  await expect(store.check()).rejects.toMatchObject({ reason: 'locked' });
  other.close();
  await store.check();
  await store.close();
});
