import { Redis } from 'ioredis';
import { RedisServer } from '@/e2e/support/servers/redis';
import { UpstashBridge } from '@/e2e/support/servers/upstash-bridge';
import { storeContract } from './contract/contract';
import { dumpRedis } from './contract/dump-redis';
import { loadFirstRelease } from './contract/first-release/first-release-data';
import { openStore } from './open-store';

storeContract(
  "Upstash's REST",
  async () => {
    const server = await RedisServer.start();
    const bridge = await UpstashBridge.start(server.url);
    const store = await openStore({ driver: 'upstash', url: bridge.url, token: bridge.token });
    return {
      store,
      warnings: [],
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
        await bridge.close();
        await server.close();
      },
    };
  },
  { runs: 60 },
);
