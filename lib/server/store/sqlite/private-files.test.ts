import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { closeToOthers } from './private-files';

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);
const PARTS = ['', '-wal', '-shm'];

let root: string;
let folder: string;
let store: Store | null = null;
let umask: number;

beforeEach(() => {
  // The usual one: without our own modes everything would be readable by every account.
  umask = process.umask(0o022);
  root = mkdtempSync(join(tmpdir(), 'confab-modes-'));
  folder = join(root, 'data');
});

afterEach(async () => {
  await store?.close();
  store = null;
  process.umask(umask);
  rmSync(root, { recursive: true });
});

async function openIn(path: string): Promise<SessionClient> {
  store = await openStore({ driver: 'sqlite', path });
  const client = new SessionClient(store);
  await client.addTurns('a');
  return client;
}

describe.skipIf(process.platform === 'win32')('the data folder', () => {
  test('is created for its account alone, and so are the files in it', async () => {
    const path = join(folder, 'confab.sqlite');
    await openIn(path);
    expect(modeOf(folder)).toBe('700');
    expect(PARTS.map((part) => modeOf(path + part))).toEqual(['600', '600', '600']);
  });

  test('closes a folder and files that an earlier release left open', async () => {
    const path = join(folder, 'confab.sqlite');
    const { ref } = await openIn(path);
    // A copy of the log, as a killed server leaves it.
    const files = PARTS.map((part) => path + part).filter((file) => existsSync(file));
    expect(files).toHaveLength(3);
    for (const file of files) chmodSync(file, 0o644);
    chmodSync(folder, 0o755);
    const other = await openStore({ driver: 'sqlite', path });
    expect(await new SessionClient(other, ref).shownIds()).toEqual(['a']);
    expect(files.map(modeOf)).toEqual(['600', '600', '600']);
    expect(modeOf(folder)).toBe('700');
    await other.close();
  });

  test('closes a backup that was put in place of the file', async () => {
    const path = join(folder, 'confab.sqlite');
    const client = await openIn(path);
    for (const part of PARTS) rmSync(path + part, { force: true });
    writeFileSync(path, '', { mode: 0o666 });
    await client.history();
    expect(PARTS.map((part) => modeOf(path + part))).toEqual(['600', '600', '600']);
  });

  test('keeps its set-group-id bit, which a container platform may have set', async () => {
    mkdirSync(folder);
    chmodSync(folder, 0o2775);
    await openIn(join(folder, 'confab.sqlite'));
    expect(modeOf(folder)).toBe('2700');
  });

  test('is left as it is where everybody has files, such as /tmp; the files are closed', async () => {
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
    const path = join(folder, 'confab.sqlite');
    await openIn(path);
    expect(modeOf(folder)).toBe('1777');
    expect(PARTS.map((part) => modeOf(path + part))).toEqual(['600', '600', '600']);
  });

  test('may be reached through links: the files behind them are closed', async () => {
    mkdirSync(join(root, 'disk'));
    writeFileSync(join(root, 'disk', 'real.sqlite'), '');
    mkdirSync(folder);
    const path = join(folder, 'confab.sqlite');
    symlinkSync(join(root, 'disk', 'real.sqlite'), path);
    await openIn(path);
    expect(PARTS.map((part) => modeOf(join(root, 'disk', `real.sqlite${part}`)))).toEqual([
      '600',
      '600',
      '600',
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('a file system', () => {
  const open = () => {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    const path = join(folder, 'confab.sqlite');
    writeFileSync(path, '', { mode: 0o644 });
    return path;
  };

  test('that ignores modes is reported, with what stayed readable', () => {
    const path = open();
    expect(closeToOthers(path, () => undefined)).toEqual([folder, path]);
  });

  test('that refuses modes is reported, and the store still opens', () => {
    const path = open();
    const refuse = vi.fn(() => {
      throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
    });
    expect(closeToOthers(path, refuse)).toEqual([folder, path]);
    expect(refuse).toHaveBeenCalledTimes(2);
  });

  test('that keeps modes has nothing to report', () => {
    expect(closeToOthers(open())).toEqual([]);
  });
});
