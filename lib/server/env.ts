import { sep } from 'node:path';
import { z } from 'zod';
import { BASE_PATH } from '@/lib/chat/base-path';
import { withBasePath } from '@/lib/chat/site-path';
import { PROVIDERS, type ProviderId } from '@/lib/server/models/providers';
import { join, resolve } from '@/lib/server/untraced-path';
import { type ExposureWarning, exposureWarnings, isReachable } from './exposure';
import { isLoopbackName } from './http/loopback';
import { SECRET_LENGTH } from './identity/auth-secret';
import { keyPrefixOf } from './key-prefix';
import { type LimitSettings, limitSettings } from './limits/limit-settings';
import type { ModelSettings, ProviderSettings } from './models/model-settings';
import { type NearMiss, nearMisses } from './near-misses';
import { type PrefixedStore, prefixedStores, severalStores } from './prefixed-stores';
import { DAY_MS } from './store/limits';
import type { StoreSettings } from './store/open-store';
import { readCa } from './store/redis/read-ca';
import { redisUrlProblem, splitUrls } from './store/redis/redis-url';

export interface ProxyUserSettings {
  /** The name of the header with the person, in lower case. */
  header: string;
  /** What the proxy sends in `X-Confab-Proxy-Secret`. */
  secret: string;
}

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

export interface Settings {
  store: StoreSettings;
  models: ModelSettings;
  /** How long a conversation is kept after its last turn; null = forever. */
  historyTtlMs: number | null;
  contextTurns: number;
  authSecret: string | null;
  /** Opens `/admin`, `GET /api/metrics` and the details of `GET /api/health`; null: the first two do not exist. */
  adminToken: string | null;
  /** The contact for security problems, as a `mailto:`, `https:` or `tel:` URL; null if there is none. */
  securityContact: string | null;
  /** The host names that the server answers to besides those of loopback, such as `*.example.org`; null = any. */
  allowedHosts: readonly string[] | null;
  /** The number of our own proxies in front of the server, whose `X-Forwarded-*` headers are trusted. */
  trustProxy: number;
  /** Set if a proxy in front names the person of each request. */
  proxyUser: ProxyUserSettings | null;
  /** The OIDC provider at which people sign in. */
  oidc: OidcSettings | null;
  /** Each of them lets a browser in. Empty: no code is needed. */
  accessCodes: readonly string[];
  timeouts: { firstTokenMs: number; stallMs: number };
  /** A longer reply ends as `interrupted` before the platform kills its process; null = no limit. */
  maxReplyMs: number | null;
  /** The server fetches pictures of other sites for the page. */
  servesRemoteImages: boolean;
  limits: LimitSettings;
}

/** All problems of the environment at once, each with the name of its variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * On Vercel: 10 s less than `maxDuration` of `app/api/chat/stream/route.ts`, which leaves time to save the
 * text and end the stream properly.
 */
const VERCEL_REPLY_SECONDS = 290;
const wholeNumber = (least: number, most: number, fallback: number) =>
  z.coerce.number().int().min(least).max(most).default(fallback);
const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });
/** A limit; 0 = none. */
const limit = z.coerce.number().min(0).max(1e12).optional();
const wholeLimit = z.coerce.number().int().min(0).max(1e12).optional();
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** `*`, or a host name: with a port for that port only, with `*.` in front for every name below it. */
const HOST_PATTERN = /^(\*|(\*\.)?[A-Za-z0-9._-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?)$/;

const schema = z.object({
  UPSTASH_REDIS_REST_URL: address.optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  KV_REST_API_URL: address.optional(),
  KV_REST_API_TOKEN: z.string().optional(),
  REDIS_URL: z
    .string()
    .superRefine((value, context) => {
      const problem = redisUrlProblem(value);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    })
    .transform(splitUrls)
    .optional(),
  REDIS_CA: z.string().optional(),
  // Braces would change the hash tag of a key on a Cluster.
  KEY_PREFIX: z
    .string()
    .regex(/^[^\s{}\p{Cc}]{1,100}$/u, 'must have at most 100 characters, without braces and spaces')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  HISTORY_TTL_DAYS: z.coerce.number().min(0).max(36_500).default(30),
  CONTEXT_TURNS: wholeNumber(1, 64, 20),
  CONTEXT_TOKENS: z.coerce.number().int().min(256).optional(),
  AUTH_SECRET: z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`).optional(),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 characters, without spaces')
    .optional(),
  SECURITY_CONTACT: z
    .string()
    .transform((text) => (/^[^\s:]+@[^\s:]+$/.test(text) ? `mailto:${text}` : text))
    .refine(
      (text) => /^(mailto:|https:\/\/|tel:)[\x21-\x7e]+$/.test(text),
      'must be a mail address, or an address with https:// or tel:',
    )
    .optional(),
  ALLOWED_HOSTS: list
    .refine(
      (hosts) => hosts.every((host) => HOST_PATTERN.test(host)),
      'must be host names without http://, separated by commas',
    )
    .optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).optional(),
  // Only checked here: the front server reads it.
  CONNECTIONS_PER_ADDRESS: wholeNumber(0, 1_000_000, 128),
  HOST: z.string().optional(),
  DEFAULT_MODEL: z
    .string()
    .regex(/^[^:]+:.+$/, 'must be provider:model')
    .optional(),
  PROXY_USER_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')
    .optional(),
  PROXY_USER_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  OIDC_ISSUER: address
    .refine((text) => {
      const { protocol, hostname } = new URL(text);
      return protocol === 'https:' || isLoopbackName(hostname);
    }, 'must be an https address')
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  ACCESS_CODE: list
    .refine(
      (codes) => codes.length > 0 && codes.every((code) => code.length >= 8),
      'must have at least 8 characters, several by commas',
    )
    .optional(),
  MODEL_FIRST_TOKEN_MS: wholeNumber(100, 3_600_000, 60_000),
  MODEL_STALL_MS: wholeNumber(100, 3_600_000, 30_000),
  MAX_REPLY_SECONDS: z.coerce.number().min(0).max(86_400).optional(),
  REMOTE_IMAGES: z.enum(['off', 'on'], { error: 'must be off or on' }).default('off'),
  TURNS_PER_MINUTE: wholeLimit,
  CONCURRENT_REPLIES: wholeLimit,
  DAILY_TOKENS: wholeLimit,
  DAILY_COST: limit,
  IMAGES_PER_HOUR: wholeLimit,
  GUEST_STORAGE_MB: limit,
  TURNS_PER_MINUTE_PER_ADDRESS: wholeLimit,
  GUESTS_PER_HOUR: wholeLimit,
  SERVER_DAILY_TOKENS: wholeLimit,
  SERVER_DAILY_COST: limit,
  STORAGE_MB: limit,
  MAX_OUTPUT_TOKENS: wholeLimit,
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  // Only compared here: `next.config.mjs` puts it into the build.
  BASE_PATH: z
    .string()
    .refine(
      (path) => path.replace(/\/+$/, '') === BASE_PATH,
      `is baked into a build, and this one was made for ${BASE_PATH || '/'}: build again`,
    )
    .optional(),
  // Set by Vercel.
  VERCEL: z.string().optional(),
  VERCEL_ENV: z.string().optional(),
  VERCEL_TARGET_ENV: z.string().optional(),
  VERCEL_GIT_COMMIT_REF: z.string().optional(),
  // Set by the shell.
  PWD: z.string().optional(),
});

const PROVIDER_VARIABLES = ['API_KEY', 'BASE_URL', 'MODELS'] as const;

/** The names of all variables that are read here or by the front server. */
export const SETTING_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(schema.shape),
  ...PROVIDERS.flatMap(({ id }) => PROVIDER_VARIABLES.map((name) => `${id.toUpperCase()}_${name}`)),
  'PORT',
]);

type Variables = z.infer<typeof schema>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads every setting, and changes nothing in the environment. An empty or blank variable counts as not set.
 * @throws SettingsError naming all problems at once.
 */
export function readSettings(environment: Environment): Settings {
  const given = trimmed(environment);
  const parsed = schema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  for (const [url, token] of REST_PAIRS) {
    if (given[url] && !given[token]) problems.push(`${token}: is missing (${url} is set)`);
    if (!given[url] && given[token]) problems.push(`${url}: is missing (${token} is set)`);
  }
  for (const group of TOGETHER) {
    const missing = group.filter((name) => !given[name]);
    if (missing.length === group.length) continue;
    for (const name of missing)
      problems.push(`${name}: is missing (${group.find((one) => given[one])} is set)`);
  }
  if (given.PROXY_USER_HEADER && given.OIDC_ISSUER)
    problems.push('OIDC_ISSUER: people already sign in at the proxy (PROXY_USER_HEADER is set)');
  const isStoreSet = given.REDIS_URL !== undefined || REST_PAIRS.some(([url]) => given[url] !== undefined);
  const prefixed = isStoreSet || !given.VERCEL ? [] : prefixedStores(given);
  if (prefixed.length > 1) problems.push(severalStores(prefixed));
  const providers = readProviders(given, problems);
  const ca = readRedisCa(given, problems);
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const env = parsed.data;
  return {
    store: storeOf(env, ca, prefixed[0]),
    models: { providers, defaultModel: env.DEFAULT_MODEL, contextTokens: env.CONTEXT_TOKENS },
    historyTtlMs: env.HISTORY_TTL_DAYS === 0 ? null : env.HISTORY_TTL_DAYS * DAY_MS,
    contextTurns: env.CONTEXT_TURNS,
    authSecret: env.AUTH_SECRET ?? null,
    adminToken: env.ADMIN_TOKEN ?? null,
    securityContact: env.SECURITY_CONTACT ?? null,
    allowedHosts: allowedHostsOf(env),
    // Vercel replaces these headers with its own.
    trustProxy: env.TRUST_PROXY ?? (env.VERCEL ? 1 : 0),
    accessCodes: env.ACCESS_CODE ?? [],
    proxyUser: proxyUserOf(env),
    oidc: oidcOf(env),
    timeouts: { firstTokenMs: env.MODEL_FIRST_TOKEN_MS, stallMs: env.MODEL_STALL_MS },
    maxReplyMs: maxReplyMsOf(env),
    servesRemoteImages: env.REMOTE_IMAGES === 'on',
    limits: limitSettings(env, { isPublic: isReachable(given) }),
  };
}

/** The variables that have a value, trimmed. Everything below reads these. */
function trimmed(environment: Environment): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    const text = value?.trim();
    if (text) variables[name] = text;
  }
  return variables;
}

const REST_PAIRS = [
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['KV_REST_API_URL', 'KV_REST_API_TOKEN'],
] as const;

/** The variables of a group work only together. */
const TOGETHER = [
  ['PROXY_USER_HEADER', 'PROXY_USER_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
] as const;

function proxyUserOf(env: Variables): ProxyUserSettings | null {
  const { PROXY_USER_HEADER: header, PROXY_USER_SECRET: secret } = env;
  return header && secret ? { header: header.toLowerCase(), secret } : null;
}

function oidcOf(env: Variables): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : null;
}

/** The certificates of `REDIS_CA`. */
function readRedisCa(given: Record<string, string>, problems: string[]): string | undefined {
  const { REDIS_CA: value, REDIS_URL: urls } = given;
  if (!value || !urls) return undefined;
  if (!splitUrls(urls).every((url) => /^rediss:/i.test(url)))
    problems.push('REDIS_CA: is of use only with rediss:// (REDIS_URL has redis://)');
  try {
    return readCa(value, startFolder(given));
  } catch (error) {
    problems.push(`REDIS_CA: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return undefined;
  }
}

/** null without a limit. */
function maxReplyMsOf({ MAX_REPLY_SECONDS: seconds, VERCEL }: Variables): number | null {
  return (seconds ?? (VERCEL ? VERCEL_REPLY_SECONDS : 0)) * 1_000 || null;
}

/** The first store that is set. */
function storeOf(env: Variables, ca: string | undefined, prefixed: PrefixedStore | undefined): StoreSettings {
  for (const [urlName, tokenName] of REST_PAIRS) {
    const url = env[urlName];
    const token = env[tokenName];
    if (url && token) return { driver: 'upstash', url, token, keyPrefix: keyPrefixOf(env) };
  }
  if (env.REDIS_URL) return { driver: 'redis', urls: env.REDIS_URL, ca, keyPrefix: keyPrefixOf(env) };
  if (prefixed) {
    const { url, token } = prefixed;
    return { driver: 'upstash', url, token, keyPrefix: keyPrefixOf(env) };
  }
  // A serverless function has no lasting file system.
  if (env.VERCEL) return { driver: 'sqlite', path: ':memory:', perInstance: true };
  if (env.DATA_DIR === ':memory:') return { driver: 'sqlite', path: ':memory:' };
  // Otherwise the build assumes that any file beside this one may be read at this path.
  const folder = resolve(/* turbopackIgnore: true */ startFolder(env), env.DATA_DIR);
  const emptied = folder.split(sep).find((part) => EMPTIED_FOLDERS.has(part));
  if (emptied)
    throw new SettingsError([
      `DATA_DIR: is inside ${emptied}, where the next build would delete every conversation`,
    ]);
  return { driver: 'sqlite', path: join(/* turbopackIgnore: true */ folder, 'confab.sqlite') };
}

/** Folders that builds and other tools delete. `prepareDataFolder` of the scripts also follows links. */
const EMPTIED_FOLDERS: ReadonlySet<string> = new Set(['.next', '.vercel', 'node_modules']);

/** A server that only this machine can reach answers only to the names that this machine has for itself. */
function allowedHostsOf({ ALLOWED_HOSTS: hosts, HOST }: Variables): string[] | null {
  if (hosts && hosts.length > 0) return hosts.map((host) => host.toLowerCase());
  return HOST !== undefined && isLoopbackName(HOST) ? [] : null;
}

/**
 * Where the server was started: the standalone `server.js` changes into its own folder before this code runs.
 */
function startFolder({ PWD }: { PWD?: string }): string {
  const isStandalone = process.argv[1]?.endsWith('server.js') === true;
  return (isStandalone && PWD) || process.cwd();
}

function readProviders(given: Record<string, string>, problems: string[]): ModelSettings['providers'] {
  const providers: Partial<Record<ProviderId, ProviderSettings>> = {};
  for (const { id } of PROVIDERS) {
    const prefix = id.toUpperCase();
    const baseUrl = given[`${prefix}_BASE_URL`];
    if (baseUrl && !address.safeParse(baseUrl).success)
      problems.push(`${prefix}_BASE_URL: must be an http(s) address`);
    const apiKey = given[`${prefix}_API_KEY`];
    const models = list.parse(given[`${prefix}_MODELS`] ?? '');
    if (apiKey || baseUrl || models.length > 0) providers[id] = { apiKey, baseUrl, models };
  }
  return providers;
}

/** `name=value,name=value`: headers with keys. A value can be URL-encoded. */
const HEADERS_VARIABLE = /^OTEL_EXPORTER_OTLP_(TRACES_)?HEADERS$/;
const SECRET_VARIABLE = /(^|_)(API_KEY|PRIVATE_KEY|TOKEN|SECRET|CODE|PASSWORD)$/;

/** The values that the log must not show: keys, tokens and codes, also in lists, and passwords in addresses. */
export function secretsOf(environment: Environment): string[] {
  return Object.entries(trimmed(environment)).flatMap(([name, value]) => {
    const parts = value.split(',').map((part) => part.trim());
    if (SECRET_VARIABLE.test(name)) return [value, ...parts];
    if (HEADERS_VARIABLE.test(name)) return parts.flatMap(valuesOfHeader);
    return parts.flatMap(passwordOf);
  });
}

/** The password inside an address. */
function passwordOf(text: string): string[] {
  const password = URL.canParse(text) ? new URL(text).password : '';
  return password === '' ? [] : withDecoded(password);
}

const valuesOfHeader = (pair: string): string[] => withDecoded(pair.slice(pair.indexOf('=') + 1).trim());

/** A value as written and as sent. */
const withDecoded = (value: string): string[] => [...new Set([value, decoded(value)])];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The exposure warnings of this process. */
export const exposureWarningsOfProcess = (): ExposureWarning[] => exposureWarnings(trimmed(process.env));

/** The near misses among the variables of this process. */
export const nearMissesOfProcess = (): NearMiss[] => nearMisses(trimmed(process.env), SETTING_NAMES);

/**
 * Where this process listens. `address`: the URL of the page for a browser on this machine; null on Vercel.
 */
export function listenerOfProcess(): { address: string | null; isReachable: boolean } {
  const { HOST = '127.0.0.1', PORT = '3000', VERCEL } = trimmed(process.env);
  const name = ['0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST;
  const address = `http://${name.includes(':') ? `[${name}]` : name}:${PORT}${withBasePath('/').replace(/^\/$/, '')}`;
  return { address: VERCEL ? null : address, isReachable: isReachable(trimmed(process.env)) };
}

/** The secrets of this process, for the log. */
export const secretsOfProcess = (): string[] => secretsOf(process.env);

/**
 * null without a collector. OpenTelemetry reads its address and its other variables itself.
 * `isServerless`: the process is frozen between requests.
 */
export function traceSettingsOfProcess(): { isServerless: boolean } | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: collector, VERCEL } = trimmed(process.env);
  return collector === undefined ? null : { isServerless: VERCEL !== undefined };
}

/** The settings of this process. Only `services.ts` calls this. */
export const settingsOfProcess = (): Settings => readSettings(process.env);

/** `next dev`, not a build: the compiler puts a constant here. */
export const isDevelopment: boolean = process.env.NODE_ENV === 'development';
