import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeContract } from './contract/contract';
import { openStore } from './open-store';

storeContract(
  'SQLite in a file',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'confab-sqlite-'));
    const store = await openStore({ driver: 'sqlite', path: join(folder, 'made', 'confab.db') });
    return {
      store,
      close: async () => {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { runs: 200 },
);
