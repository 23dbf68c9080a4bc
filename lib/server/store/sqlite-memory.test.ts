import { storeContract } from './contract/contract';
import { openStore } from './open-store';

storeContract(
  'SQLite in memory',
  async () => {
    const store = await openStore({ driver: 'sqlite', path: ':memory:' });
    return { store, close: () => store.close() };
  },
  { runs: 1500 },
);
