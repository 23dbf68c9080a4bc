import { prefixedStores } from './prefixed-stores';

/** A variable that is set but not read, and advice on the setting that was probably meant. */
export interface NearMiss {
  variable: string;
  advice: string;
}

type Environment = Readonly<Record<string, string>>;

/** Names that other programs and Redis hosts use, and the setting of Confab for each. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  OPENAI_KEY: 'OPENAI_API_KEY',
  OPENAI_TOKEN: 'OPENAI_API_KEY',
  OPENAI_API_BASE: 'OPENAI_BASE_URL',
  OPENAI_API_HOST: 'OPENAI_BASE_URL',
  OPENAI_MODEL: 'OPENAI_MODELS',
  DEEPSEEK_KEY: 'DEEPSEEK_API_KEY',
  DEEPSEEK_TOKEN: 'DEEPSEEK_API_KEY',
  QWEN_API_KEY: 'QIANWEN_API_KEY',
  DASHSCOPE_API_KEY: 'QIANWEN_API_KEY',
  ARK_API_KEY: 'DOUBAO_API_KEY',
  VOLC_API_KEY: 'DOUBAO_API_KEY',
  MOONSHOT_API_KEY: 'KIMI_API_KEY',
  OLLAMA_HOST: 'OLLAMA_BASE_URL',
  OLLAMA_MODEL: 'OLLAMA_MODELS',
  NEXTAUTH_SECRET: 'AUTH_SECRET',
  SESSION_SECRET: 'AUTH_SECRET',
  ACCESS_PASSWORD: 'ACCESS_CODE',
  ADMIN_PASSWORD: 'ADMIN_TOKEN',
  TRUSTED_PROXIES: 'TRUST_PROXY',
  TRUST_PROXIES: 'TRUST_PROXY',
  REDIS_TLS_URL: 'REDIS_URL',
  REDIS_HOST: 'REDIS_URL',
  REDIS_URI: 'REDIS_URL',
  REDIS_CONNECTION_STRING: 'REDIS_URL',
  REDISCLOUD_URL: 'REDIS_URL',
  REDIS_PRIVATE_URL: 'REDIS_URL',
  VALKEY_URL: 'REDIS_URL',
  KV_URL: 'KV_REST_API_URL and KV_REST_API_TOKEN, or REDIS_URL',
  UPSTASH_REDIS_URL: 'UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN, or REDIS_URL',
  DATABASE_PATH: 'DATA_DIR',
  SQLITE_PATH: 'DATA_DIR',
  BASE_URL: 'BASE_PATH',
};

/** Other names of providers, and the start of their settings here. */
const OTHER_PROVIDERS: Readonly<Record<string, string>> = {
  OPEN_AI: 'OPENAI',
  GPT: 'OPENAI',
  DEEP_SEEK: 'DEEPSEEK',
  QWEN: 'QIANWEN',
  DASHSCOPE: 'QIANWEN',
  TONGYI: 'QIANWEN',
  ARK: 'DOUBAO',
  VOLC: 'DOUBAO',
  VOLCENGINE: 'DOUBAO',
  MOONSHOT: 'KIMI',
};

/** What other programs call the three settings of a provider. */
const OF_PROVIDER: readonly [RegExp, string][] = [
  [/^(.+?)_(?:API_?|SECRET_|ACCESS_)*(?:KEY|TOKEN)S?$/, 'API_KEY'],
  [/^(.+?)_(?:API_)?(?:BASE_?)?(?:URL|HOST|ENDPOINT|ADDRESS|BASE)$/, 'BASE_URL'],
  [/^(.+?)_(?:DEFAULT_)?MODEL(?:S|_NAME|_ID)?$/, 'MODELS'],
];

/** Prefixes by which other tools expose variables to the browser or separate projects. */
const PREFIXES = /^(CONFAB|NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|APP)_/;
/**
 * The variables of a store that Vercel's marketplace connected under a custom prefix. Read on Vercel only.
 */
const PREFIXED_STORE = /_(KV_REST_API|UPSTASH_REDIS_REST)_(URL|TOKEN)$/;
/** Shorter names resemble too many others, as HOST does HOME. */
const SHORTEST = 8;

/**
 * The variables that look like a misspelled or foreign name of a setting that is not set itself.
 * @param variables that have a value. @param settings the names of all settings.
 */
export function nearMisses(variables: Environment, settings: ReadonlySet<string>): NearMiss[] {
  const connected = variables.VERCEL ? prefixesOfStores(variables) : [];
  return Object.keys(variables).flatMap((variable) => {
    if (settings.has(variable) || (variables.VERCEL && PREFIXED_STORE.test(variable))) return [];
    if (connected.some((prefix) => variable.startsWith(prefix))) return [];
    const meant =
      OTHER_NAMES[variable] ?? settingNear(variable, settings) ?? settingOfValue(variables[variable]);
    if (meant === null || meant.split(/,? (?:and|or) /).some((name) => variables[name])) return [];
    return [{ variable, advice: `${variable} is set, but Confab does not read it. Set ${meant} instead.` }];
  });
}

/** The marketplace sets more variables for a store than Confab reads. */
const prefixesOfStores = (variables: Environment): string[] =>
  prefixedStores(variables).map(({ urlName }) => urlName.replace(PREFIXED_STORE, '_'));

/** Hosting platforms use many names for the address of Redis, so its value decides. */
const settingOfValue = (value = ''): string | null => (/^rediss?:\/\//i.test(value) ? 'REDIS_URL' : null);

/** The setting that the name probably misspells; null if there is none. */
function settingNear(variable: string, settings: ReadonlySet<string>): string | null {
  const plain = variable.toUpperCase().replaceAll('-', '_').replace(PREFIXES, '');
  if (settings.has(plain)) return plain;
  const ofProvider = settingOfProvider(plain, settings);
  if (ofProvider) return ofProvider;
  const [suffix] = PREFIXED_STORE.exec(plain) ?? [];
  if (suffix) return suffix.slice(1);
  if (plain.length < SHORTEST - 1) return null;
  const isNear = (name: string) => name.length >= SHORTEST && editDistance(plain, name) <= allowedEdits(name);
  const isStartOf = (name: string) => plain.includes('_') && name.startsWith(`${plain}_`);
  return [...settings].find((name) => isNear(name) || isStartOf(name)) ?? null;
}

function settingOfProvider(plain: string, settings: ReadonlySet<string>): string | null {
  for (const [form, name] of OF_PROVIDER) {
    const [, provider = ''] = form.exec(plain) ?? [];
    const setting = `${OTHER_PROVIDERS[provider] ?? provider}_${name}`;
    if (settings.has(setting)) return setting;
  }
  return null;
}

const allowedEdits = (name: string): number => (name.length >= 12 ? 2 : 1);

/**
 * The Damerau-Levenshtein distance: the insertions, deletions, substitutions and swaps of neighbours between
 * two names.
 */
export function editDistance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
