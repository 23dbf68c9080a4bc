import type { StoreReason } from '@/lib/chat/errors';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import type { HealthAnswer, OwnerHealthAnswer, ProbeAnswer } from '@/lib/chat/wire';
import { isAdminRequest } from '@/lib/server/admin/admin-token';
import { json } from '@/lib/server/http/respond';
import type { Services } from '@/lib/server/services';
import { version } from '@/package.json';

/**
 * `GET /api/health`: the owner of the server gets every field, everyone else only those that the page needs.
 */
export async function answerHealth(request: Request, services: Services): Promise<Response> {
  const health = await readHealth(services);
  const isOwner = services.settings.adminToken === null || (await isAdminRequest(request, services));
  const status = health.status === 'ok' ? 200 : 503;
  return isOwner
    ? json<OwnerHealthAnswer>(health, { status })
    : json<HealthAnswer>(withoutDetails(health), { status });
}

/** `GET /api/health/ready`: whether new messages can be taken. */
export async function answerReady(services: Services): Promise<Response> {
  const { status } = await readHealth(services);
  return status === 'ok' ? answerLive() : json<ProbeAnswer>({ status: 'unavailable' }, { status: 503 });
}

/** `GET /api/health/live`: the process answers. */
export const answerLive = (): Response => json<ProbeAnswer>({ status: 'ok' });

export async function readHealth(services: Services): Promise<OwnerHealthAnswer> {
  const { health, runs, store, catalog, secret } = services;
  const checked = await health.read();
  const { latencyMs, durable } = checked;
  // The store works but has lost the secret, so no guest can be recognised.
  const ok = checked.ok && !secret.isMissing;
  const reason = checked.ok ? reasonDespiteAnswer(services) : checked.reason;
  const warnings: StoreWarning[] = [
    ...checked.warnings,
    ...(secret.wasReplaced ? (['secret_replaced'] as const) : []),
  ];
  return {
    status: ok && !runs.closing ? 'ok' : 'degraded',
    version,
    store: { driver: store.driver, durable, ok, latencyMs, reason },
    models: { configured: catalog.configuredProviders(), demo: catalog.demo },
    warnings,
  };
}

/** The warning that the page shows about a store that answers. */
function reasonDespiteAnswer({ secret, settings }: Services): StoreReason | undefined {
  if (secret.isMissing) return 'secret_missing';
  return settings.store.driver === 'sqlite' && settings.store.perInstance ? 'per_instance' : undefined;
}

/** Lists the public fields, so that a new one is private by default. */
const withoutDetails = ({ status, store, models }: OwnerHealthAnswer): HealthAnswer => ({
  status,
  store: { ok: store.ok, durable: store.durable, reason: store.reason },
  models: { demo: models.demo },
});
