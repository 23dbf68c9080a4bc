import { OidcClient } from '@/lib/server/access/oidc';
import { SignInTries } from '@/lib/server/access/sign-in-tries';
import { readSettings } from '@/lib/server/env';
import { HealthCheck } from '@/lib/server/health/health-check';
import { AuthSecret } from '@/lib/server/identity/auth-secret';
import { AnswersInFlight } from '@/lib/server/limits/answers-in-flight';
import { StorageGauge } from '@/lib/server/limits/storage-gauge';
import { openCatalog } from '@/lib/server/models/catalog';
import type { Services } from '@/lib/server/services';
import { openStore } from '@/lib/server/store/open-store';
import { StorePulse } from '@/lib/server/store-pulse';
import { LiveRuns } from '@/lib/server/turns/live-runs';
import { TurnSwitch } from '@/lib/server/turns/turn-switch';

/**
 * The services of a server process with these variables: in memory if they name no store, without limits and under any
 * host name if they name no host. `change` replaces some of them: for several servers on one store, call this several
 * times with that store.
 */
export async function openTestServices(
  variables: Record<string, string>,
  change: Partial<Services> = {},
): Promise<Services> {
  const read = readSettings({ DATA_DIR: ':memory:', HOST: '127.0.0.1', ...variables });
  const namesHosts = variables.HOST !== undefined || variables.ALLOWED_HOSTS !== undefined;
  const settings = namesHosts ? read : { ...read, allowedHosts: null };
  const store = change.store ?? (await openStore(settings.store));
  const pulse = change.pulse ?? new StorePulse();
  const secret = change.secret ?? new AuthSecret(store, null);
  // As when a server starts, before there are conversations. If the store fails, callers that need the secret
  // get the error.
  await secret.sync().catch(() => undefined);
  return {
    settings,
    store,
    pulse,
    health: new HealthCheck(store, pulse),
    catalog: await openCatalog(settings.models),
    secret,
    runs: new LiveRuns(),
    turnSwitch: new TurnSwitch(store, settings.adminToken !== null),
    signInTries: new SignInTries(store),
    storage: new StorageGauge(store, settings.limits.storageBytes),
    answers: new AnswersInFlight(),
    oidc: settings.oidc && new OidcClient(settings.oidc),
    ...change,
  };
}

/** Opens test services, and makes them those that the route handlers use (`lib/server/services.ts`). */
export async function provideTestServices(
  variables: Record<string, string>,
  change: Partial<Services> = {},
): Promise<Services> {
  const opened = await openTestServices(variables, change);
  Object.assign(globalThis, { [Symbol.for('confab.services')]: Promise.resolve(opened) });
  return opened;
}
