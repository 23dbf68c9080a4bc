import { OidcClient } from './access/oidc';
import { SignInTries } from './access/sign-in-tries';
import { type Settings, secretsOfProcess, settingsOfProcess } from './env';
import { HealthCheck } from './health/health-check';
import { AuthSecret } from './identity/auth-secret';
import { AnswersInFlight } from './limits/answers-in-flight';
import { StorageGauge } from './limits/storage-gauge';
import { log, neverLog } from './log';
import { metrics } from './metrics/metrics';
import { type ModelCatalog, openCatalog } from './models/catalog';
import { keepSwept } from './store/keep-swept';
import { observeStore } from './store/observe-store';
import { openStore } from './store/open-store';
import type { Store } from './store/store';
import { StorePulse, WATCH_MS } from './store-pulse';
import { LiveRuns } from './turns/live-runs';
import { TurnSwitch } from './turns/turn-switch';

/** What one server process shares between requests; created when it starts. */
export interface Services {
  settings: Settings;
  store: Store;
  pulse: StorePulse;
  health: HealthCheck;
  catalog: ModelCatalog;
  secret: AuthSecret;
  runs: LiveRuns;
  turnSwitch: TurnSwitch;
  signInTries: SignInTries;
  storage: StorageGauge;
  answers: AnswersInFlight;
  /** null if nobody signs in at an OIDC provider. */
  oidc: OidcClient | null;
}

/**
 * On `globalThis`, because `proxy.ts`, the page and the routes are separate bundles that share the services.
 */
const SLOT = Symbol.for('confab.services');
type Shared = typeof globalThis & { [SLOT]?: Promise<Services> };

/** Opens the services on the first call, and again after a call that failed. @throws SettingsError */
export function services(): Promise<Services> {
  const shared: Shared = globalThis;
  shared[SLOT] ??= openServices(settingsOfProcess()).catch((error: unknown) => {
    shared[SLOT] = undefined;
    throw error;
  });
  return shared[SLOT];
}

async function openServices(settings: Settings): Promise<Services> {
  neverLog(secretsOfProcess());
  const pulse = new StorePulse();
  const store = observeStore(await openStore(settings.store), pulse);
  const catalog = await openCatalog(settings.models);
  for (const problem of catalog.problems) log('warn', 'model_settings', { problem });
  const secret = new AuthSecret(store, settings.authSecret);
  secret.start();
  // Writes the secret of existing cookies back to a store that came back empty.
  pulse.onRecovery(() => void secret.sync().catch(() => undefined));
  // Turns that a previous process left unfinished can then be settled soon after the start.
  pulse.watch(() => store.check(), WATCH_MS);
  const runs = new LiveRuns();
  metrics().live.replies = () => runs.size;
  metrics().days.connect(store);
  const turnSwitch = new TurnSwitch(store, settings.adminToken !== null);
  keepSwept(store);
  const storage = new StorageGauge(store, settings.limits.storageBytes);
  void storage.measure();
  const answers = new AnswersInFlight();
  return {
    settings,
    store,
    pulse,
    health: new HealthCheck(store, pulse),
    catalog,
    secret,
    runs,
    turnSwitch,
    signInTries: new SignInTries(store),
    storage,
    answers,
    oidc: settings.oidc && new OidcClient(settings.oidc),
  };
}
