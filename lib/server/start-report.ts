import { storageFailures } from '@/lib/chat/strings/en/storage-failures';
import type { Settings } from './env';
import type { HealthCheck, StoreHealth } from './health/health-check';
import type { LimitSettings } from './limits/limit-settings';
import type { ModelCatalog } from './models/catalog';
import type { NearMiss } from './near-misses';
import type { StoreSettings } from './store/open-store';

export interface StartFacts {
  /** The URL of the page for a browser on this machine. */
  address: string;
  /** Whether other machines can reach the server. */
  isReachable: boolean;
  settings: Pick<Settings, 'store' | 'limits' | 'accessCodes' | 'oidc' | 'proxyUser'>;
  /** The result of the first health check. */
  health: StoreHealth;
  catalog: Pick<ModelCatalog, 'list' | 'defaultModel' | 'configuredProviders' | 'demo' | 'problems'>;
  nearMisses: readonly NearMiss[];
  /** Other recommended settings; each is also logged separately. */
  advice: readonly string[];
}

/** Longer than a health check is cached. */
const RECHECK_MS = 3_100;

/**
 * The health of the store at the start. A check can look slow while the server is still loading its code; it
 * is then repeated once.
 */
export async function firstHealth(
  health: Pick<HealthCheck, 'read'>,
  pause: (ms: number) => Promise<unknown> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<StoreHealth> {
  const first = await health.read();
  if (first.reason !== 'slow') return first;
  await pause(RECHECK_MS);
  return health.read();
}

/** The start report: `fields` for the log, `text` for the terminal. Add new information to both. */
export function startReport(facts: StartFacts): { fields: Record<string, unknown>; text: string } {
  const { address, settings, health, catalog, nearMisses } = facts;
  const place = placeOf(settings.store);
  const access = accessOf(settings);
  const limits = limitsOf(settings.limits);
  return {
    fields: {
      address,
      store: settings.store.driver,
      place,
      ok: health.ok,
      storeReason: health.reason,
      durable: health.durable,
      warnings: health.warnings.join(' ') || undefined,
      models: catalog
        .list()
        .map(({ id }) => id)
        .join(' '),
      defaultModel: catalog.defaultModel(),
      access,
      limits: limits.join(', ') || 'none',
      ignoredVariables: nearMisses.map(({ variable }) => variable).join(' ') || undefined,
    },
    text: [
      `History:  ${historyLine(facts, place)}`,
      `Models:   ${modelsLine(catalog)}`,
      `Access:   ${facts.isReachable ? access : `this machine only${access === 'anyone' ? '' : `, ${access}`}`}`,
      `Limits:   ${limits.join(', ') || 'none'}`,
      ...[...nearMisses.map(({ advice }) => advice), ...catalog.problems, ...facts.advice].map(
        (advice) => `  ! ${advice}`,
      ),
      `Confab is ready:  ${address}`,
    ].join('\n'),
  };
}

function historyLine({ settings: { store }, health }: StartFacts, place: string): string {
  if (!health.ok) {
    const { what, next } = storageFailures[health.reason ?? 'unknown'];
    return `not available now (${place}). ${what} ${next}`;
  }
  if (store.driver === 'sqlite' && store.path === ':memory:')
    return 'kept in memory only; it is lost when the server stops';
  return `saved in ${place}${health.durable ? '' : ', which keeps nothing on disk: its restart loses it'}`;
}

/** The location of the store, without credentials. */
function placeOf(store: StoreSettings): string {
  switch (store.driver) {
    case 'sqlite':
      return store.path === ':memory:' ? 'memory' : store.path;
    case 'redis':
      return `Redis at ${store.urls.map(hostOf).join(', ')}`;
    case 'upstash':
      return `Upstash Redis at ${hostOf(store.url)}`;
  }
}

function hostOf(address: string): string {
  const { host, pathname } = new URL(address);
  return pathname.length > 1 ? `${host}${pathname}` : host;
}

function modelsLine(catalog: StartFacts['catalog']): string {
  if (catalog.demo)
    return 'the built-in demo; for a real model, set a key such as OPENAI_API_KEY and start again';
  const providers = catalog.configuredProviders().join(', ');
  return `${catalog.list().length} from ${providers}; the default is ${catalog.defaultModel()}`;
}

function accessOf({ accessCodes, oidc, proxyUser }: StartFacts['settings']): string {
  const ways = [
    accessCodes.length > 0 && 'by access code',
    oidc && `people sign in at ${new URL(oidc.issuer).host}`,
    proxyUser && 'people sign in at the proxy in front',
  ].filter((way) => typeof way === 'string');
  return ways.join(', ') || 'anyone';
}

const BYTES_PER_MB = 1024 ** 2;

/** Each limit that is set, as text. */
function limitsOf(limits: LimitSettings): string[] {
  const words: [number | null, (value: number) => string][] = [
    [limits.turnsPerMinute, (n) => `${n} messages a minute per guest`],
    [limits.concurrentReplies, (n) => `${n} replies at once per guest`],
    [limits.dailyTokens, (n) => `${n} tokens a day per guest`],
    [limits.dailyCost, (n) => `$${n} a day per guest`],
    [limits.imagesPerHour, (n) => `${n} images an hour per guest`],
    [limits.guestStorageBytes, (n) => `${n / BYTES_PER_MB} MB per guest`],
    [limits.turnsPerMinutePerAddress, (n) => `${n} messages a minute per address`],
    [limits.guestsPerHour, (n) => `${n} new guests an hour per address`],
    [limits.serverDailyTokens, (n) => `${n} tokens a day in all`],
    [limits.serverDailyCost, (n) => `$${n} a day in all`],
    [limits.storageBytes, (n) => `${n / BYTES_PER_MB} MB in all`],
    [limits.maxOutputTokens, (n) => `${n} tokens per reply`],
  ];
  return words.flatMap(([value, say]) => (value === null ? [] : [say(value)]));
}
