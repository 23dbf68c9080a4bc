import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeContract } from './contract/contract';
import { dumpSqlite } from './contract/dump-sqlite';
import { firstReleaseSql } from './contract/first-release/first-release-data';
import { openStore } from './open-store';

storeContract(
  'SQLite in a file',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'confab-sqlite-'));
    const path = join(folder, 'made', 'confab.db');
    const store = await openStore({ driver: 'sqlite', path });
    return {
      store,
      warnings: [],
      openFirstRelease: async (newer) => {
        const old = join(folder, `${randomUUID()}.db`);
        const db = new DatabaseSync(old);
        db.exec(firstReleaseSql(newer));
        db.close();
        const opened = await openStore({ driver: 'sqlite', path: old });
        return { store: opened, close: () => opened.close() };
      },
      dump: async () => dumpSqlite(new DatabaseSync(path, { readOnly: true })),
      close: async () => {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { runs: 200 },
);
