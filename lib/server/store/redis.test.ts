import { RedisServer } from '@/e2e/support/servers/redis';
import { storeContract } from './contract/contract';
import { dumpRedis } from './contract/dump-redis';
import { openStore } from './open-store';

storeContract(
  'Redis',
  async () => {
    const server = await RedisServer.start();
    const store = await openStore({ driver: 'redis', urls: [server.url] });
    return {
      store,
      warnings: ['not_persisted'],
      dump: () => dumpRedis([server.url]),
      close: async () => {
        await store.close();
        await server.close();
      },
    };
  },
  { runs: 300 },
);
