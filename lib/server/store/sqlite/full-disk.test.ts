import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { StoreProcess } from '@/e2e/support/servers/store-process';

/** A separate disk for a process: a file system in memory that only this process sees. */
const NEW_DISK = ['unshare', '--map-root-user', '--mount'] as const;
const mayMount =
  process.platform === 'linux' && spawnSync(NEW_DISK[0], [...NEW_DISK.slice(1), 'true']).status === 0;

const DISK_BYTES = 4 * 2 ** 20;

test.runIf(mayMount)(
  'goes on by itself once a full disk has room, with all that it acknowledged',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'confab-full-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mount = `mount -t tmpfs -o size=${DISK_BYTES} none "$0" && exec "$@"`;
    const server = await StoreProcess.start(join(disk, 'confab.sqlite'), {
      through: [...NEW_DISK, 'sh', '-c', mount, disk],
    });
    onTestFinished(() => server.kill());
    const others = `/proc/${server.pid}/root${disk}/others`;
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      // Fills the disk, as other programs might.
      try {
        writeFileSync(others, Buffer.alloc(DISK_BYTES));
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
      }
      let answer: unknown;
      for (let n = 0; n < 200; n++) {
        answer = await server.add(`${round}-${n}`);
        if (answer === 'full') break;
        acknowledged.push(`${round}-${n}`);
      }
      expect(answer).toBe('full');
      expect(await server.ids()).toBe('full');
      rmSync(others);
      const ids = await vi.waitFor(
        async () => {
          const found = await server.ids();
          if (!Array.isArray(found)) throw new Error(`Still ${found}`);
          return found;
        },
        { timeout: 10_000, interval: 50 },
      );
      // The turn that was refused last may have been stored without its end.
      const missing = acknowledged.slice(-40).filter((id) => !ids.includes(id));
      expect(missing).toEqual([]);
      expect(await server.add(`${round}-after`)).toContain(`${round}-after`);
      acknowledged.push(`${round}-after`);
    }
  },
);
