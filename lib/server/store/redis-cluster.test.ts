import { Cluster } from 'ioredis';
import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { storeContract } from './contract/contract';
import { dumpRedis } from './contract/dump-redis';
import { loadFirstRelease } from './contract/first-release/first-release-data';
import { openStore } from './open-store';

storeContract(
  'a Redis Cluster',
  async () => {
    const cluster = await startRedisCluster();
    const store = await openStore({ driver: 'redis', urls: cluster.urls });
    return {
      store,
      warnings: ['not_persisted'],
      openFirstRelease: async (newer) => {
        const writer = new Cluster([...cluster.urls]);
        await loadFirstRelease(writer, newer);
        return {
          store,
          close: async () => {
            await writer.del('confab:schema');
            writer.disconnect();
          },
        };
      },
      dump: () => dumpRedis(cluster.urls),
      close: async () => {
        await store.close();
        await cluster.close();
      },
    };
  },
  { runs: 60 },
);
