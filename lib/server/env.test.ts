import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxDuration } from '@/app/api/chat/stream/route';
import { readSettings, SettingsError, secretsOf } from './env';

const problemsOf = (environment: Record<string, string>): string[] => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

describe('the settings', () => {
  it('have defaults: SQLite in .data, 30 days, 20 turns', () => {
    const settings = readSettings({});
    expect(settings.store).toMatchObject({
      driver: 'sqlite',
      path: expect.stringMatching(/\.data.confab\.sqlite$/),
    });
    expect(settings).toMatchObject({ historyTtlMs: 30 * 86_400_000, contextTurns: 20, authSecret: null });
  });

  it('treat an empty or blank value as not set', () => {
    expect(
      readSettings({
        OPENAI_API_KEY: ' ',
        OPENAI_BASE_URL: ' ',
        OPENAI_MODELS: ' , ',
        DEFAULT_MODEL: '',
        HISTORY_TTL_DAYS: '',
        REDIS_URL: '',
      }),
    ).toEqual(readSettings({}));
  });

  it('are trimmed, and so is each item of a list', () => {
    const settings = readSettings({
      REDIS_URL: ' redis://a:1 , redis://b:2 ',
      DEFAULT_MODEL: ' kimi:k3 ',
      AUTH_SECRET: ' 0123456789abcdef\n',
      CONTEXT_TURNS: ' 5 ',
      ACCESS_CODE: ' correct horse , 打开芝麻门打开芝麻门,',
      KIMI_API_KEY: ' k ',
      KIMI_BASE_URL: ' https://kimi.example/v1 ',
      KIMI_MODELS: ' k3 ,, k2 ',
    });
    expect(settings).toMatchObject({
      store: { driver: 'redis', urls: ['redis://a:1', 'redis://b:2'] },
      authSecret: '0123456789abcdef',
      contextTurns: 5,
      accessCodes: ['correct horse', '打开芝麻门打开芝麻门'],
      models: {
        defaultModel: 'kimi:k3',
        providers: { kimi: { apiKey: 'k', baseUrl: 'https://kimi.example/v1', models: ['k3', 'k2'] } },
      },
    });
  });

  it('are read without changing the environment', () => {
    const environment = Object.freeze({ OPENAI_API_KEY: ' k ', OPENAI_BASE_URL: '' });
    expect(readSettings(environment).models.providers).toEqual({ openai: { apiKey: 'k', models: [] } });
  });

  it.each([
    [
      { UPSTASH_REDIS_REST_URL: 'https://a.io', UPSTASH_REDIS_REST_TOKEN: 't', REDIS_URL: 'redis://r' },
      'upstash',
    ],
    [{ KV_REST_API_URL: 'https://a.io', KV_REST_API_TOKEN: 't' }, 'upstash'],
    [{ REDIS_URL: 'redis://a:1,redis://b:2', DATA_DIR: 'x' }, 'redis'],
    [{ DATA_DIR: ':memory:' }, 'sqlite'],
  ])('use the first store that is set: %j is %s', (environment, driver) => {
    expect(readSettings(environment as Record<string, string>).store.driver).toBe(driver);
  });

  it.each([
    '.next/data',
    '/srv/confab/.next/standalone/.data',
    '/srv/.vercel/output/x',
    'node_modules/.data',
  ])('refuse to keep the database in %s, which a build replaces', (folder) => {
    expect(problemsOf({ DATA_DIR: folder })).toEqual([expect.stringMatching(/^DATA_DIR: is inside/)]);
    expect(readSettings({ DATA_DIR: folder, REDIS_URL: 'redis://r' }).store.driver).toBe('redis');
  });

  it('write no files on Vercel', () => {
    expect(readSettings({ VERCEL: '1' }).store).toEqual({
      driver: 'sqlite',
      path: ':memory:',
      perInstance: true,
    });
  });

  describe('on Vercel, with the store that the marketplace connected', () => {
    const pair = (prefix: string, url = 'https://a.io', token = 't') => ({
      [`${prefix}_URL`]: url,
      [`${prefix}_TOKEN`]: token,
    });
    const found = { driver: 'upstash', url: 'https://a.io', token: 't' };

    it.each<[string, Record<string, string>]>([
      ['without a prefix', pair('KV_REST_API')],
      ['by the names of Upstash', pair('UPSTASH_REDIS_REST')],
      ['under a prefix', pair('STORAGE_KV_REST_API')],
      ['under a prefix of several words', pair('MY_CHAT_STORE_2_KV_REST_API')],
      ['under a prefix in lower case', pair('storage_KV_REST_API')],
      ['by the names of Upstash under a prefix', pair('CHAT_UPSTASH_REDIS_REST')],
      [
        'with everything that it sets',
        {
          ...pair('STORAGE_KV_REST_API'),
          STORAGE_KV_REST_API_READ_ONLY_TOKEN: 'r',
          STORAGE_KV_URL: 'rediss://default:t@a.io:6379',
          STORAGE_REDIS_URL: 'rediss://default:t@a.io:6379',
        },
      ],
      ['twice, as one store', { ...pair('STORAGE_KV_REST_API'), ...pair('STORAGE_UPSTASH_REDIS_REST') }],
      ['beside half of another', { ...pair('STORAGE_KV_REST_API'), OLD_KV_REST_API_URL: 'https://b.io' }],
      ['beside a blank one', { ...pair('STORAGE_KV_REST_API'), ...pair('OLD_KV_REST_API', ' ', ' ') }],
    ])('use it %s', (_, variables) => {
      expect(readSettings({ VERCEL: '1', ...variables }).store).toEqual(found);
    });

    it('use what is set by its own name before anything under a prefix', () => {
      const prefixed = pair('STORAGE_KV_REST_API', 'https://b.io');
      expect(readSettings({ VERCEL: '1', ...prefixed, ...pair('KV_REST_API') }).store).toEqual(found);
      const redis = { ...prefixed, ...pair('OLD_KV_REST_API'), REDIS_URL: 'redis://r' };
      expect(readSettings({ VERCEL: '1', ...redis }).store.driver).toBe('redis');
    });

    it('choose none of several stores, and name them', () => {
      const several = { ...pair('A_KV_REST_API'), ...pair('B_KV_REST_API', 'https://b.io') };
      const [problem, ...more] = problemsOf({ VERCEL: '1', ...several });
      expect(problem).toContain('A_KV_REST_API_URL, B_KV_REST_API_URL');
      expect(more).toEqual([]);
    });

    it('elsewhere take no store of another application', () => {
      expect(readSettings(pair('OTHER_KV_REST_API')).store.driver).toBe('sqlite');
    });
  });

  it('end a reply on Vercel before its function is ended, with time to save it', () => {
    const endsMs = maxDuration * 1_000;
    const { maxReplyMs } = readSettings({ VERCEL: '1' });
    expect(maxReplyMs).toBeLessThanOrEqual(endsMs - 5_000);
    expect(maxReplyMs).toBeGreaterThanOrEqual(endsMs - 15_000);
  });

  it.each<[Record<string, string>, number | null]>([
    [{}, null],
    [{ MAX_REPLY_SECONDS: '0' }, null],
    [{ MAX_REPLY_SECONDS: '50' }, 50_000],
    [{ MAX_REPLY_SECONDS: '0', VERCEL: '1' }, null],
    [{ MAX_REPLY_SECONDS: '50', VERCEL: '1' }, 50_000],
  ])('limit how long a reply may take: %j is %s', (environment, maxReplyMs) => {
    expect(readSettings(environment).maxReplyMs).toBe(maxReplyMs);
  });

  it('fetch no images of other sites by default', () => {
    expect(readSettings({}).servesRemoteImages).toBe(false);
    expect(readSettings({ REMOTE_IMAGES: 'off' }).servesRemoteImages).toBe(false);
    expect(readSettings({ REMOTE_IMAGES: 'on' }).servesRemoteImages).toBe(true);
  });

  it('report every problem at once, by variable name', () => {
    const problems = problemsOf({
      REDIS_URL: 'http://no',
      CONTEXT_TURNS: '65',
      HISTORY_TTL_DAYS: 'soon',
      UPSTASH_REDIS_REST_URL: 'https://a.io',
      OPENAI_BASE_URL: 'nonsense',
      AUTH_SECRET: 'short',
      ACCESS_CODE: 'long enough,short',
      DEFAULT_MODEL: 'gpt',
      REMOTE_IMAGES: 'yes',
    });
    for (const name of [
      'REDIS_URL',
      'CONTEXT_TURNS',
      'HISTORY_TTL_DAYS',
      'UPSTASH_REDIS_REST_TOKEN',
      'OPENAI_BASE_URL',
      'AUTH_SECRET',
      'ACCESS_CODE',
      'DEFAULT_MODEL',
      'REMOTE_IMAGES',
    ])
      expect(problems.join('\n')).toContain(`${name}:`);
  });

  it.each([
    [{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'a' }, ['OIDC_CLIENT_SECRET']],
    [{ OIDC_CLIENT_SECRET: 'a' }, ['OIDC_ISSUER', 'OIDC_CLIENT_ID']],
    [{ OIDC_ISSUER: 'http://id.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }, ['OIDC_ISSUER']],
    [{ PROXY_USER_HEADER: 'remote-user' }, ['PROXY_USER_SECRET']],
    [{ PROXY_USER_HEADER: 'a b', PROXY_USER_SECRET: 'short' }, ['PROXY_USER_HEADER', 'PROXY_USER_SECRET']],
  ])('that sign people in are of use together only: %j', (environment, names) => {
    const problems = problemsOf(environment as Record<string, string>).join('\n');
    for (const name of names) expect(problems).toContain(`${name}:`);
  });

  it('find the variables of a provider by its prefix', () => {
    const { providers } = readSettings({ KIMI_API_KEY: 'k', KIMI_MODELS: 'a, b:c ,' }).models;
    expect(providers).toEqual({ kimi: { apiKey: 'k', baseUrl: undefined, models: ['a', 'b:c'] } });
  });
});

it('secrets are found by the names of variables, in lists and inside addresses', () => {
  const secrets = secretsOf({
    OPENAI_API_KEY: ' sk-one ',
    ADMIN_TOKEN: 'admin-token',
    AUTH_SECRET: 'first, second',
    ACCESS_CODE: 'letmein',
    REDIS_URL: 'redis://default:hunter2@a:6379,redis://b:6379',
    CONTEXT_TOKENS: '48000',
    MODEL_FIRST_TOKEN_MS: '60000',
    OPENAI_BASE_URL: 'https://api.example/v1',
    KEY_PREFIX: 'confab:',
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=otel%20key, x-team=7%',
  });
  expect(secrets.sort()).toEqual(
    [
      'sk-one',
      'sk-one',
      'admin-token',
      'admin-token',
      'first, second',
      'first',
      'second',
      'letmein',
      'letmein',
      'hunter2',
      'otel%20key',
      'otel key',
      '7%',
    ].sort(),
  );
});

describe('the modules of the server', () => {
  beforeEach(() => {
    vi.resetModules();
    // As in a copied `.env.local.example`. `@ai-sdk/openai` throws at the first while it loads.
    vi.stubEnv('OPENAI_BASE_URL', '');
    vi.stubEnv('OPENAI_API_KEY', ' ');
    vi.stubEnv('DEFAULT_MODEL', '');
  });
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['env', () => import('./env')],
    ['services', () => import('./services')],
    ['start-server', () => import('./start-server')],
    ['models/connect', () => import('./models/connect')],
    ['models/catalog', () => import('./models/catalog')],
    ['turns/run-turn', () => import('./turns/run-turn')],
  ])('load in any order and leave the environment unchanged: %s first', async (_name, load) => {
    const before = { ...process.env };
    await load();
    expect({ ...process.env }).toEqual(before);
  });
});
