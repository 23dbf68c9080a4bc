import { describe, expect, it } from 'vitest';
import { readSettings } from './env';
import type { StoreHealth } from './health/health-check';
import { firstHealth, type StartFacts, startReport } from './start-report';

const healthy: StoreHealth = { ok: true, latencyMs: 1, durable: true, warnings: [] };
const catalog: StartFacts['catalog'] = {
  list: () => [],
  defaultModel: () => 'demo:demo',
  configuredProviders: () => [],
  demo: true,
  problems: [],
};

const report = (variables: Record<string, string> = {}, change: Partial<StartFacts> = {}) =>
  startReport({
    address: 'http://127.0.0.1:3000',
    isReachable: true,
    settings: readSettings(variables),
    health: healthy,
    catalog,
    nearMisses: [],
    advice: [],
    ...change,
  });

const lineOf = (text: string, name: string) => text.split('\n').find((line) => line.startsWith(name));

describe('the report at the start', () => {
  it('says last that the server is ready, and where', () => {
    const { text, fields } = report();
    expect(text.split('\n').at(-1)).toBe('Confab is ready:  http://127.0.0.1:3000');
    expect(fields.address).toBe('http://127.0.0.1:3000');
  });

  it.each([
    [{ DATA_DIR: '/srv/confab' }, 'saved in /srv/confab/confab.sqlite'],
    [{ DATA_DIR: 'data' }, `saved in ${process.cwd()}/data/confab.sqlite`],
    [{ DATA_DIR: ':memory:' }, 'kept in memory only; it is lost when the server stops'],
    [{ REDIS_URL: 'redis://me:hunter2@redis.example:6380/3' }, 'saved in Redis at redis.example:6380/3'],
    [{ REDIS_URL: 'redis://a:1,rediss://:p@b:2' }, 'saved in Redis at a:1, b:2'],
    [
      { UPSTASH_REDIS_REST_URL: 'https://x.upstash.io', UPSTASH_REDIS_REST_TOKEN: 'token-of-upstash' },
      'saved in Upstash Redis at x.upstash.io',
    ],
  ])('names the place of the store, without its password: %j', (variables, place) => {
    const { text, fields } = report(variables as Record<string, string>);
    expect(lineOf(text, 'History:')).toBe(`History:  ${place}`);
    expect(JSON.stringify([text, fields])).not.toMatch(/hunter2|token-of-upstash|me:/);
  });

  it('says in words what is wrong with the store, and in the log by its reason', () => {
    const health: StoreHealth = { ok: false, reason: 'auth', latencyMs: 1, durable: true, warnings: [] };
    const { text, fields } = report({ REDIS_URL: 'redis://redis.example' }, { health });
    expect(lineOf(text, 'History:')).toMatch(/not available now \(Redis at redis\.example\)\. .*password/);
    expect(fields).toMatchObject({ ok: false, storeReason: 'auth' });
  });

  it('says that a store keeps nothing on disk', () => {
    const health: StoreHealth = { ...healthy, durable: false, warnings: ['not_persisted'] };
    const { text, fields } = report({ REDIS_URL: 'redis://redis.example' }, { health });
    expect(lineOf(text, 'History:')).toContain('keeps nothing on disk');
    expect(fields).toMatchObject({ durable: false, warnings: 'not_persisted' });
  });

  it('names who may come in and what is limited', () => {
    const { text, fields } = report({ ACCESS_CODE: 'open sesame', SERVER_DAILY_COST: '5' });
    expect(lineOf(text, 'Access:')).toBe('Access:   by access code');
    expect(lineOf(text, 'Limits:')).toMatch(
      /20 messages a minute per guest, .*200 MB per guest.*\$5 a day in all/,
    );
    expect(fields.limits).toContain('$5 a day in all');
    expect(lineOf(report().text, 'Access:')).toBe('Access:   anyone');
  });

  it('says that only this machine can reach it, where nothing is limited', () => {
    const { text } = report({ HOST: '127.0.0.1' }, { isReachable: false });
    expect(lineOf(text, 'Access:')).toBe('Access:   this machine only');
    expect(lineOf(text, 'Limits:')).toBe('Limits:   none');
  });

  it('names the models, or what to set for one', () => {
    expect(lineOf(report().text, 'Models:')).toContain('OPENAI_API_KEY');
    const { text } = report(
      {},
      {
        catalog: {
          ...catalog,
          demo: false,
          configuredProviders: () => ['kimi'],
          defaultModel: () => 'kimi:k3',
        },
      },
    );
    expect(lineOf(text, 'Models:')).toBe('Models:   0 from kimi; the default is kimi:k3');
  });

  it('names variables that nothing reads before it says that it is ready', () => {
    const nearMisses = [{ variable: 'OPENAI_KEY', advice: 'OPENAI_KEY is set, but …' }];
    const { text, fields } = report({}, { nearMisses, advice: ['Set AUTH_SECRET.'] });
    expect(text.indexOf('OPENAI_KEY')).toBeLessThan(text.indexOf('Confab is ready'));
    expect(text).toContain('! OPENAI_KEY is set');
    expect(text).toContain('! Set AUTH_SECRET.');
    expect(fields.ignoredVariables).toBe('OPENAI_KEY');
  });

  it('says what is wrong with the models that the settings name, before it says that it is ready', () => {
    const problems = ['DEFAULT_MODEL (opnai:x) belongs to no configured provider.'];
    const { text } = report({}, { catalog: { ...catalog, problems } });
    expect(text).toContain('  ! DEFAULT_MODEL (opnai:x) belongs');
    expect(text.indexOf('DEFAULT_MODEL')).toBeLessThan(text.indexOf('Confab is ready'));
  });
});

describe('the first check of the store', () => {
  const check = async (...reasons: (StoreHealth['reason'] | null)[]) => {
    const waits: number[] = [];
    const read = async (): Promise<StoreHealth> => {
      const reason = reasons.shift() ?? undefined;
      return { ok: reason === undefined, reason, latencyMs: 1, durable: true, warnings: [] };
    };
    const health = await firstHealth({ read }, async (ms) => waits.push(ms));
    return { reason: health.reason, waits: waits.length };
  };

  it('counts, whatever it finds', async () => {
    expect(await check(null, 'auth')).toEqual({ reason: undefined, waits: 0 });
    expect(await check('auth', null)).toEqual({ reason: 'auth', waits: 0 });
  });

  it('is made again if the answer seemed late, because the server itself may have been busy', async () => {
    expect(await check('slow', null)).toEqual({ reason: undefined, waits: 1 });
    expect(await check('slow', 'auth')).toEqual({ reason: 'auth', waits: 1 });
    expect(await check('slow', 'slow', null)).toEqual({ reason: 'slow', waits: 1 });
  });
});
