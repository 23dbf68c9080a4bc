import type { RedisAddress } from './redis/connect';
import type { Store } from './store';

/**
 * Where sessions are stored. The first that the environment configures wins. `keyPrefix`: the prefix of all
 * keys, so that servers can share a Redis without sharing data.
 */
export type StoreSettings =
  | { driver: 'upstash'; url: string; token: string; keyPrefix?: string }
  | ({ driver: 'redis'; keyPrefix?: string } & RedisAddress)
  /** `path`: of a file, or `:memory:`. `perInstance`: each of several instances has its own memory. */
  | { driver: 'sqlite'; path: string; perInstance?: true };

/** Opens the store without waiting for a server to answer. Only the driver that is used is imported. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  switch (settings.driver) {
    case 'sqlite': {
      const { DatabaseSync } = await import('node:sqlite');
      const { SqliteStore } = await import('./sqlite/sqlite-store');
      return new SqliteStore((path, options) => new DatabaseSync(path, options), settings.path);
    }
    case 'redis': {
      const { IoredisCommands } = await import('./redis/ioredis-commands');
      const { openRedisStore } = await import('./redis/open-redis-store');
      return openRedisStore((keys) => new IoredisCommands(settings, keys), settings.keyPrefix);
    }
    case 'upstash': {
      const { UpstashCommands } = await import('./redis/upstash-commands');
      const { openRedisStore } = await import('./redis/open-redis-store');
      return openRedisStore((keys) => new UpstashCommands(settings, keys), settings.keyPrefix);
    }
  }
}
