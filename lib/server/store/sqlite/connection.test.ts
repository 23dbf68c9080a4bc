import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../open-store';

vi.mock('./private-files', async (original) => ({
  ...(await original<typeof import('./private-files')>()),
  closeToOthers: (path: string) => [path],
}));

test('data that others can read is reported once, however often the file is opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'confab-open-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'confab.sqlite');
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => written.mockRestore());
  const store = await openStore({ driver: 'sqlite', path });
  await store.check();
  rmSync(path);
  await store.check();
  await store.close();
  const lines = written.mock.calls.map(([line]) => String(line));
  expect(lines.filter((line) => line.includes('data_readable_by_others'))).toEqual([
    expect.stringContaining(path),
  ]);
});
