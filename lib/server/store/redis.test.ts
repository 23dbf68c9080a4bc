import { Redis } from 'ioredis';
import { RedisServer } from '@/e2e/support/servers/redis';
import { storeContract } from './contract/contract';
import { dumpRedis } from './contract/dump-redis';
import { loadFirstRelease } from './contract/first-release/first-release-data';
import { openStore } from './open-store';

storeContract(
  'Redis',
  async () => {
    const server = await RedisServer.start();
    const store = await openStore({ driver: 'redis', urls: [server.url] });
    return {
      store,
      warnings: ['not_persisted'],
      openFirstRelease: async (newer) => {
        const writer = new Redis(server.url);
        await loadFirstRelease(writer, newer);
        return {
          store,
          close: async () => {
            await writer.del('confab:schema');
            writer.disconnect();
          },
        };
      },
      dump: () => dumpRedis([server.url]),
      close: async () => {
        await store.close();
        await server.close();
      },
    };
  },
  { runs: 300 },
);
