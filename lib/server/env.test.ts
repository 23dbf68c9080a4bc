import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './env';

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
  it('need nothing: SQLite in .data, 30 days, 20 turns', () => {
    const settings = readSettings({});
    expect(settings.store).toMatchObject({
      driver: 'sqlite',
      path: expect.stringMatching(/\.data.confab\.sqlite$/),
    });
    expect(settings).toMatchObject({ historyTtlMs: 30 * 86_400_000, contextTurns: 20, authSecret: null });
  });

  it('take an empty value for none', () => {
    expect(readSettings({ OPENAI_API_KEY: ' ', HISTORY_TTL_DAYS: '', REDIS_URL: '' })).toEqual(
      readSettings({}),
    );
  });

  it.each([
    [
      { UPSTASH_REDIS_REST_URL: 'https://a.io', UPSTASH_REDIS_REST_TOKEN: 't', REDIS_URL: 'redis://r' },
      'upstash',
    ],
    [{ KV_REST_API_URL: 'https://a.io', KV_REST_API_TOKEN: 't' }, 'upstash'],
    [{ REDIS_URL: 'redis://a:1,redis://b:2', DATA_DIR: 'x' }, 'redis'],
    [{ DATA_DIR: ':memory:' }, 'sqlite'],
  ])('choose the first store that is set: %j is %s', (environment, driver) => {
    expect(readSettings(environment as Record<string, string>).store.driver).toBe(driver);
  });

  it('keep nothing in files on Vercel', () => {
    expect(readSettings({ VERCEL: '1' }).store).toEqual({ driver: 'sqlite', path: ':memory:' });
  });

  it('tell every problem at once, by name', () => {
    const problems = problemsOf({
      REDIS_URL: 'http://no',
      CONTEXT_TURNS: '65',
      HISTORY_TTL_DAYS: 'soon',
      UPSTASH_REDIS_REST_URL: 'https://a.io',
      OPENAI_BASE_URL: 'nonsense',
      AUTH_SECRET: 'short',
      DEFAULT_MODEL: 'gpt',
    });
    for (const name of [
      'REDIS_URL',
      'CONTEXT_TURNS',
      'HISTORY_TTL_DAYS',
      'UPSTASH_REDIS_REST_TOKEN',
      'OPENAI_BASE_URL',
      'AUTH_SECRET',
      'DEFAULT_MODEL',
    ])
      expect(problems.join('\n')).toContain(`${name}:`);
  });

  it('read a provider by its prefix', () => {
    const { providers } = readSettings({ KIMI_API_KEY: 'k', KIMI_MODELS: 'a, b:c ,' }).models;
    expect(providers).toEqual({ kimi: { apiKey: 'k', baseUrl: undefined, models: ['a', 'b:c'] } });
  });
});
