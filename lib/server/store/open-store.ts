import type { Store } from './store';

/** Where sessions are stored. Chosen by the environment: the first that is set wins. */
export type StoreSettings =
  | { driver: 'upstash'; url: string; token: string }
  /** One URL is a single server, several are the start nodes of a Cluster. */
  | { driver: 'redis'; urls: string[] }
  /** `path`: of a file, or `:memory:`. */
  | { driver: 'sqlite'; path: string };

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
      const { RedisStore } = await import('./redis/redis-store');
      return new RedisStore(new IoredisCommands(settings.urls));
    }
    case 'upstash': {
      const { UpstashCommands } = await import('./redis/upstash-commands');
      const { RedisStore } = await import('./redis/redis-store');
      return new RedisStore(new UpstashCommands(settings));
    }
  }
}
