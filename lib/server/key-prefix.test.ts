import { describe, expect, it } from 'vitest';
import { readSettings } from './env';

const REDIS = { REDIS_URL: 'redis://127.0.0.1' };
const prefixOf = (variables: Record<string, string>): unknown => {
  const { store } = readSettings(variables);
  return store.driver === 'sqlite' ? 'none' : (store.keyPrefix ?? 'confab:');
};

describe('the prefix of the keys in Redis', () => {
  it.each<[string, Record<string, string>, string]>([
    ['nothing is set', {}, 'confab:'],
    ['it is set', { KEY_PREFIX: 'mine-' }, 'mine-'],
    ['it is blank', { KEY_PREFIX: ' ' }, 'confab:'],
    [
      'this is production',
      { VERCEL: '1', VERCEL_ENV: 'production', VERCEL_GIT_COMMIT_REF: 'main' },
      'confab:',
    ],
    [
      'this is a preview',
      { VERCEL: '1', VERCEL_ENV: 'preview', VERCEL_GIT_COMMIT_REF: 'fix/{a} b' },
      'confab:preview:fix%2F%7Ba%7D%20b:',
    ],
    ['this is a preview without a branch', { VERCEL: '1', VERCEL_ENV: 'preview' }, 'confab:preview:'],
    [
      'this is a preview of the branch "production"',
      { VERCEL: '1', VERCEL_ENV: 'preview', VERCEL_GIT_COMMIT_REF: 'production' },
      'confab:preview:production:',
    ],
    [
      'this is an environment of one’s own',
      { VERCEL: '1', VERCEL_ENV: 'preview', VERCEL_TARGET_ENV: 'staging', VERCEL_GIT_COMMIT_REF: 'main' },
      'confab:staging:',
    ],
    ['this is vercel dev', { VERCEL_ENV: 'development' }, 'confab:development:'],
    ['it is set on a preview', { VERCEL: '1', VERCEL_ENV: 'preview', KEY_PREFIX: 'confab:' }, 'confab:'],
  ])('when %s', (_when, variables, prefix) => {
    expect(prefixOf({ ...REDIS, ...variables })).toBe(prefix);
    const rest = { KV_REST_API_URL: 'https://x.test', KV_REST_API_TOKEN: 't' };
    expect(prefixOf({ ...rest, ...variables })).toBe(prefix);
  });

  it.each(['a{b', 'a}b', 'a b', 'a\nb', 'a\u0000b', 'x'.repeat(101)])('may not be %j', (prefix) => {
    expect(() => readSettings({ ...REDIS, KEY_PREFIX: prefix })).toThrow(/KEY_PREFIX: /);
  });
});
