import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { storeContract } from './contract/contract';
import { dumpRedis } from './contract/dump-redis';
import { openStore } from './open-store';

storeContract(
  'a Redis Cluster',
  async () => {
    const cluster = await startRedisCluster();
    const store = await openStore({ driver: 'redis', urls: cluster.urls });
    return {
      store,
      warnings: ['not_persisted'],
      dump: () => dumpRedis(cluster.urls),
      close: async () => {
        await store.close();
        await cluster.close();
      },
    };
  },
  { runs: 60 },
);
