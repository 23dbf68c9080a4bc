import type { HealthAnswer } from '@/lib/chat/wire';
import { version } from '@/package.json';
import { log, reasonOf } from './log';
import type { Services } from './services';
import { storeReasonOf } from './store/store-error';

/** Checks the store with a real command: over quota, a PING still succeeds. */
export async function readHealth({ store, catalog }: Services): Promise<HealthAnswer> {
  const startedAt = performance.now();
  const reason = await store.check().then(
    () => undefined,
    (error: unknown) => {
      log('error', 'store_unhealthy', { driver: store.driver, reason: reasonOf(error) });
      return storeReasonOf(error);
    },
  );
  const isOk = reason === undefined;
  const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10;
  return {
    status: isOk ? 'ok' : 'degraded',
    version,
    store: { driver: store.driver, durable: store.durable, ok: isOk, latencyMs, reason },
    models: { configured: catalog.configuredProviders(), demo: catalog.demo },
  };
}
