import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { storeContract } from './contract/contract';
import { openStore } from './open-store';

storeContract(
  'a Redis Cluster',
  async () => {
    const cluster = await startRedisCluster();
    const store = await openStore({ driver: 'redis', urls: cluster.urls });
    return {
      store,
      close: async () => {
        await store.close();
        await cluster.close();
      },
    };
  },
  { runs: 60 },
);
