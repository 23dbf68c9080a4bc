import { version } from '@/package.json';
import { log, reasonOf } from './log';
import type { Services } from './services';

export interface Health {
  status: 'ok' | 'degraded';
  version: string;
  store: { driver: 'sqlite' | 'redis' | 'upstash'; durable: boolean; ok: boolean; latencyMs: number };
  models: { configured: string[]; demo: boolean };
}

/** Asks the store with a real command: over quota, a PING still answers. */
export async function readHealth({ store, catalog }: Services): Promise<Health> {
  const startedAt = performance.now();
  const ok = await store.check().then(
    () => true,
    (error: unknown) => {
      log('error', 'store_unhealthy', { driver: store.driver, reason: reasonOf(error) });
      return false;
    },
  );
  const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10;
  return {
    status: ok ? 'ok' : 'degraded',
    version,
    store: { driver: store.driver, durable: store.durable, ok, latencyMs },
    models: { configured: catalog.configuredProviders(), demo: catalog.demo },
  };
}
