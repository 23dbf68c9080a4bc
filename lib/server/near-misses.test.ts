import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from './env';
import { editDistance, nearMisses } from './near-misses';

const meant = (variables: Record<string, string>) =>
  nearMisses(variables, SETTING_NAMES).map(({ variable, advice }) => [
    variable,
    / Set (.*) instead\.$/.exec(advice)?.[1],
  ]);

describe('a variable that nothing reads', () => {
  it.each([
    ['DEEPSEK_API_KEY', 'DEEPSEEK_API_KEY'],
    ['DEEPSEEK_APIKEY', 'DEEPSEEK_API_KEY'],
    ['DEEPSEEK_API_KEYS', 'DEEPSEEK_API_KEY'],
    ['deepseek_api_key', 'DEEPSEEK_API_KEY'],
    ['OPENAI_KEY', 'OPENAI_API_KEY'],
    ['OPNEAI_API_KEY', 'OPENAI_API_KEY'],
    ['OPENAI-API-KEY', 'OPENAI_API_KEY'],
    ['NEXT_PUBLIC_OPENAI_API_KEY', 'OPENAI_API_KEY'],
    ['OPENAI_BASEURL', 'OPENAI_BASE_URL'],
    ['MOONSHOT_API_KEY', 'KIMI_API_KEY'],
    ['OPEN_AI_KEY', 'OPENAI_API_KEY'],
    ['OPENAI_SECRET_KEY', 'OPENAI_API_KEY'],
    ['QWEN_KEY', 'QIANWEN_API_KEY'],
    ['KIMI_KEY', 'KIMI_API_KEY'],
    ['DASHSCOPE_KEY', 'QIANWEN_API_KEY'],
    ['VITE_DEEPSEEK_KEY', 'DEEPSEEK_API_KEY'],
    ['OLLAMA_URL', 'OLLAMA_BASE_URL'],
    ['MOONSHOT_BASE_URL', 'KIMI_BASE_URL'],
    ['OPENAI_MODEL_NAME', 'OPENAI_MODELS'],
    ['ARK_MODEL_ID', 'DOUBAO_MODELS'],
    ['DEFAULT_MODELS', 'DEFAULT_MODEL'],
    ['AUTH_SECRETS', 'AUTH_SECRET'],
    ['CONFAB_AUTH_SECRET', 'AUTH_SECRET'],
    ['ALLOWED_HOST', 'ALLOWED_HOSTS'],
    ['TRUST_PROXIES', 'TRUST_PROXY'],
    ['ACESS_CODE', 'ACCESS_CODE'],
    ['HISTORY_TTL', 'HISTORY_TTL_DAYS'],
    ['DATADIR', 'DATA_DIR'],
    ['REDIS_URI', 'REDIS_URL'],
    ['KV_URL', 'KV_REST_API_URL and KV_REST_API_TOKEN, or REDIS_URL'],
    ['STORAGE_KV_REST_API_URL', 'KV_REST_API_URL'],
    ['MY_UPSTASH_REDIS_REST_TOKEN', 'UPSTASH_REDIS_REST_TOKEN'],
    ['UPSTASH_REDIS_REST_TOKENS', 'UPSTASH_REDIS_REST_TOKEN'],
  ])('%s is told apart from %s', (variable, setting) => {
    expect(meant({ [variable]: 'x' })).toEqual([[variable, setting]]);
  });

  it.each([
    ...['HOME', 'HOSTS', 'PATH', 'PWD', 'HOSTNAME', 'SHELL', 'TERM', 'LANG', 'SSH_AUTH_SOCK', 'CACHE_DIR'],
    ...['NODE_ENV', 'NODE_OPTIONS', 'NEXT_TELEMETRY_DISABLED', 'npm_config_user_agent', 'VERCEL_URL'],
    ...['ANTHROPIC_API_KEY', 'GITHUB_TOKEN', 'AWS_ACCESS_KEY_ID', 'OPENAI_ORG_ID', 'DATABASE_URL'],
    ...['API_KEY', 'MODEL', 'STRIPE_API_KEY', 'NPM_TOKEN', 'TF_MODEL', 'PROTO_URL', 'constructor_KEY'],
  ])('%s is not taken for one of ours', (variable) => {
    expect(meant({ [variable]: 'x' })).toEqual([]);
  });

  it.each([...SETTING_NAMES])('%s, which is read, is none', (variable) => {
    expect(meant({ [variable]: 'x' })).toEqual([]);
  });

  it('is the address of a Redis under any name', () => {
    expect(meant({ STORAGE_KV_URL: 'rediss://default:secret@h:6379' })).toEqual([
      ['STORAGE_KV_URL', 'REDIS_URL'],
    ]);
    expect(meant({ CACHE: 'REDIS://h' })).toEqual([['CACHE', 'REDIS_URL']]);
    expect(meant({ CACHE: 'redis://h', REDIS_URL: 'redis://h' })).toEqual([]);
    expect(meant({ CACHE: 'a redis://h' })).toEqual([]);
  });

  it('is not mentioned where the setting itself is set', () => {
    expect(meant({ OPENAI_KEY: 'x', OPENAI_API_KEY: 'x' })).toEqual([]);
    expect(meant({ KV_URL: 'x', REDIS_URL: 'x' })).toEqual([]);
    expect(meant({ KV_URL: 'x', KV_REST_API_URL: 'x', KV_REST_API_TOKEN: 'x' })).toEqual([]);
  });

  it('is none on Vercel, where a store may have a prefix', () => {
    expect(meant({ STORAGE_KV_REST_API_URL: 'x', VERCEL: '1' })).toEqual([]);
    const all = {
      STORAGE_KV_REST_API_URL: 'https://a.io',
      STORAGE_KV_REST_API_TOKEN: 't',
      STORAGE_KV_URL: 'rediss://default:t@a.io:6379',
      STORAGE_REDIS_URL: 'rediss://default:t@a.io:6379',
    };
    expect(meant({ ...all, VERCEL: '1' })).toEqual([]);
    expect(meant({ STORAGE_REDIS_URL: all.STORAGE_REDIS_URL, VERCEL: '1' })).toHaveLength(1);
  });

  it('never shows its value', () => {
    expect(JSON.stringify(nearMisses({ OPENAI_KEY: 'sk-secret' }, SETTING_NAMES))).not.toContain('sk-secret');
  });
});

it.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'ab', 1],
  ['abc', 'xbc', 1],
  ['kitten', 'sitting', 3],
])('from "%s" to "%s" there are %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
});
