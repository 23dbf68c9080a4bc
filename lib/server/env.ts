import { join, resolve } from 'node:path';
import { z } from 'zod';
import { PROVIDERS, type ProviderId } from '@/lib/server/models/providers';
import type { ModelSettings, ProviderSettings } from './models/model-settings';
import type { StoreSettings } from './store/open-store';

export interface Settings {
  store: StoreSettings;
  models: ModelSettings;
  /** How long a conversation is kept after its last turn; null = for ever. */
  historyTtlMs: number | null;
  contextTurns: number;
  authSecret: string | null;
  timeouts: { firstTokenMs: number; stallMs: number };
}

/** Every problem of the environment at once, each by its variable's name. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

const DAY_MS = 86_400_000;
const wholeNumber = (least: number, most: number, fallback: number) =>
  z.coerce.number().int().min(least).max(most).default(fallback);
const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

const schema = z.object({
  UPSTASH_REDIS_REST_URL: address.optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  KV_REST_API_URL: address.optional(),
  KV_REST_API_TOKEN: z.string().optional(),
  REDIS_URL: z
    .string()
    .refine((list) => list.split(',').every(isRedisUrl), 'must be redis:// or rediss://, several by commas')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  HISTORY_TTL_DAYS: z.coerce.number().min(0).max(36_500).default(30),
  CONTEXT_TURNS: wholeNumber(1, 64, 20),
  CONTEXT_TOKENS: z.coerce.number().int().min(256).optional(),
  DEFAULT_MODEL: z
    .string()
    .regex(/^[^:]+:.+$/, 'must be provider:model')
    .optional(),
  AUTH_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  MODEL_FIRST_TOKEN_MS: wholeNumber(100, 3_600_000, 60_000),
  MODEL_STALL_MS: wholeNumber(100, 3_600_000, 30_000),
});

type Environment = Record<string, string | undefined>;

/**
 * Reads every setting. An empty value is as good as none.
 * @throws SettingsError naming all problems at once.
 */
export function readSettings(environment: Environment): Settings {
  const given = Object.fromEntries(
    Object.entries(environment)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value),
  ) as Record<string, string>;
  const parsed = schema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  for (const [url, token] of REST_PAIRS) {
    if (given[url] && !given[token]) problems.push(`${token}: is missing (${url} is set)`);
    if (!given[url] && given[token]) problems.push(`${url}: is missing (${token} is set)`);
  }
  const providers = readProviders(given, problems);
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const env = parsed.data;
  return {
    store: storeOf(given, env.DATA_DIR),
    models: { providers, defaultModel: env.DEFAULT_MODEL, contextTokens: env.CONTEXT_TOKENS },
    historyTtlMs: env.HISTORY_TTL_DAYS === 0 ? null : env.HISTORY_TTL_DAYS * DAY_MS,
    contextTurns: env.CONTEXT_TURNS,
    authSecret: env.AUTH_SECRET ?? null,
    timeouts: { firstTokenMs: env.MODEL_FIRST_TOKEN_MS, stallMs: env.MODEL_STALL_MS },
  };
}

const REST_PAIRS = [
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['KV_REST_API_URL', 'KV_REST_API_TOKEN'],
] as const;

function isRedisUrl(text: string): boolean {
  return URL.canParse(text.trim()) && /^rediss?:$/.test(new URL(text.trim()).protocol);
}

function storeOf(given: Record<string, string>, dataDir: string): StoreSettings {
  for (const [urlName, tokenName] of REST_PAIRS) {
    const url = given[urlName];
    const token = given[tokenName];
    if (url && token) return { driver: 'upstash', url, token };
  }
  if (given.REDIS_URL) return { driver: 'redis', urls: given.REDIS_URL.split(',').map((url) => url.trim()) };
  // A serverless function has no file system to keep anything in.
  if (dataDir === ':memory:' || given.VERCEL) return { driver: 'sqlite', path: ':memory:' };
  return { driver: 'sqlite', path: join(resolve(startFolder(given), dataDir), 'confab.sqlite') };
}

/** Where the server was started: the standalone `server.js` changes into its own folder before we run. */
function startFolder(given: Record<string, string>): string {
  const standalone = process.argv[1]?.endsWith('server.js') === true;
  return (standalone && given.PWD) || process.cwd();
}

function readProviders(given: Record<string, string>, problems: string[]): ModelSettings['providers'] {
  const providers: Partial<Record<ProviderId, ProviderSettings>> = {};
  for (const { id } of PROVIDERS) {
    const prefix = id.toUpperCase();
    const baseUrl = given[`${prefix}_BASE_URL`];
    if (baseUrl && !address.safeParse(baseUrl).success)
      problems.push(`${prefix}_BASE_URL: must be an http(s) address`);
    const apiKey = given[`${prefix}_API_KEY`];
    const models = given[`${prefix}_MODELS`]
      ?.split(',')
      .map((model) => model.trim())
      .filter(Boolean);
    if (apiKey || baseUrl || models?.length) providers[id] = { apiKey, baseUrl, models };
  }
  return providers;
}

/** Read once, when the server starts. */
export const settingsOfProcess = (): Settings => readSettings(process.env);

/** `next dev`, not a build: fixed when the code is compiled. */
export const isDevelopment: boolean = process.env.NODE_ENV === 'development';

// An empty value is as good as none, also to a package that looks for itself: `@ai-sdk/openai`, once loaded, throws at
// an empty OPENAI_BASE_URL, which is what a copied `.env.local.example` has. Who imports that package imports us first.
for (const name of ['OPENAI_BASE_URL', 'OPENAI_API_KEY'])
  if (process.env[name]?.trim() === '') delete process.env[name];
