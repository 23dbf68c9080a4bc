import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { GET as getLive } from '@/app/api/health/live/route';
import { GET as getReady } from '@/app/api/health/ready/route';
import { GET as getHealth } from '@/app/api/health/route';
import { GET as getModels } from '@/app/api/models/route';
import { RedisServer } from '@/e2e/support/servers/redis';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import { adminCookie } from '@/lib/server/admin/admin-cookie';
import type { Store } from '@/lib/server/store/store';
import { StorePulse } from '@/lib/server/store-pulse';
import { provideTestServices } from '@/lib/server/testing/open-test-services';
import { HealthCheck } from './health-check';

const TOKEN = 'admin-token-of-the-test';

const PATHS = new Map([
  [getHealth, '/api/health'],
  [getLive, '/api/health/live'],
  [getReady, '/api/health/ready'],
  [getModels, '/api/models'],
]);

const ask = (get: (request: Request) => Promise<Response>, headers: Record<string, string> = {}) =>
  get(new Request(`http://localhost${PATHS.get(get)}`, { headers }));

const answerOf = async (response: Response) => [response.status, await response.json()];

let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line))) > 0);
});
afterEach(() => vi.restoreAllMocks());

/** A store that only counts what it is asked, and the time. */
function aStore() {
  const state = {
    now: 1_000_000,
    failure: null as Error | null,
    warnings: [] as StoreWarning[],
    checks: 0,
    calls: 0,
  };
  const stub: Pick<Store, 'driver' | 'durable' | 'check' | 'warnings'> = {
    driver: 'redis',
    durable: true,
    async check() {
      state.checks += 1;
      if (state.failure) throw state.failure;
    },
    async warnings() {
      if (state.failure) throw state.failure;
      return state.warnings;
    },
  };
  const store = new Proxy(stub, {
    get(target, name) {
      state.calls += 1;
      return Reflect.get(target, name) ?? (() => Promise.reject(new Error('not expected')));
    },
  }) as Store;
  const pulse = new StorePulse();
  return { state, store, pulse, health: new HealthCheck(store, pulse, () => state.now) };
}

const UNREACHABLE = new Error('connect ECONNREFUSED');
const events = () => lines.map(({ event, reason, warning }) => [event, warning ?? reason].filter(Boolean));

describe('the details of the health', () => {
  const SHORT = { status: 'ok', store: { ok: true, durable: false }, models: { demo: true } };
  const DETAILS = {
    version: expect.any(String),
    store: { driver: 'sqlite', latencyMs: expect.any(Number) },
    models: { configured: [] },
    warnings: ['not_persisted'],
  };
  const later = (ms: number) => adminCookie(TOKEN, Date.now() + ms, false).split(';')[0] ?? '';

  it.each([
    ['nobody in particular', {}],
    ['another token', { authorization: `Bearer ${TOKEN}x` }],
    ['a part of the token', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['the token in another scheme', { authorization: `Basic ${TOKEN}` }],
    ['the token in another header', { 'x-admin-token': TOKEN, cookie: `confab_admin=${TOKEN}` }],
    ['a forged cookie', { cookie: `confab_admin=${Date.now() + 60_000}.${'a'.repeat(43)}` }],
    ['a cookie that has ended', { cookie: later(-9 * 3_600_000) }],
    ['a guest’s cookie', { cookie: 'confab_guest_abc=owner.device.1.sig' }],
  ])('with ADMIN_TOKEN, %s gets what the page needs', async (_, headers) => {
    await provideTestServices({ ADMIN_TOKEN: TOKEN });
    expect(await answerOf(await ask(getHealth, headers))).toEqual([200, SHORT]);
  });

  it.each([
    ['the token', { authorization: `Bearer ${TOKEN}` }],
    ['the cookie of /admin', { cookie: `other=1; ${later(0)}` }],
  ])('with ADMIN_TOKEN, %s gets everything', async (_, headers) => {
    await provideTestServices({ ADMIN_TOKEN: TOKEN });
    const [status, answer] = await answerOf(await ask(getHealth, headers));
    expect(status).toBe(200);
    expect(answer).toMatchObject(SHORT);
    expect(answer).toMatchObject(DETAILS);
  });

  it('counts wrong tokens, so that nobody can guess the token faster here', async () => {
    await provideTestServices({ ADMIN_TOKEN: TOKEN });
    await ask(getHealth, { authorization: 'Bearer wrong' });
    expect(await (await ask(getHealth, { authorization: `Bearer ${TOKEN}` })).json()).toEqual(SHORT);
    expect(await (await ask(getHealth, { cookie: later(0) })).json()).toMatchObject(DETAILS);
  });

  it('without ADMIN_TOKEN, everybody gets all of them', async () => {
    await provideTestServices({});
    expect(await (await ask(getHealth)).json()).toMatchObject({ ...SHORT, ...DETAILS });
    expect((await ask(getHealth, { authorization: 'Bearer anything' })).status).toBe(200);
  });

  it('strangers learn why the store fails, as the page tells them', async () => {
    const { state, store, health } = aStore();
    state.failure = UNREACHABLE;
    state.warnings = ['evicts'];
    await provideTestServices({ ADMIN_TOKEN: TOKEN }, { store, health });
    expect(await answerOf(await ask(getHealth))).toEqual([
      503,
      {
        status: 'degraded',
        store: { ok: false, durable: true, reason: 'unreachable' },
        models: { demo: true },
      },
    ]);
  });
});

describe('the check of the store', () => {
  it('runs once for a hundred requests, at once or in a row, on a real Redis', async () => {
    const server = await RedisServer.start();
    const admin = new Redis(server.url);
    const { store } = await provideTestServices({ REDIS_URL: server.url });
    onTestFinished(async () => {
      admin.disconnect();
      await store.close();
      await server.close();
    });
    // Caches the script and connects, so that only what each check costs is counted.
    await store.check();
    await admin.config('RESETSTAT');
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(getHealth)));
    for (let n = 0; n < 50; n += 1) answers.push(await ask(n % 2 === 0 ? getHealth : getReady));
    const stats = await admin.info('commandstats');
    const calls = Object.fromEntries(
      [...stats.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)].map(([, name, count]) => [name, Number(count)]),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(await answers[0]?.json()).toMatchObject({
      store: { driver: 'redis', durable: false },
      warnings: ['not_persisted'],
    });
    expect(calls).toEqual({
      evalsha: 1,
      get: 1,
      set: 1,
      // The form of the data.
      pexpire: 1,
      info: 1,
      'config|get': 1,
      'config|resetstat': 1,
    });
  });

  it('runs again after three seconds', async () => {
    const { state, health } = aStore();
    for (const [at, checks] of [
      [0, 1],
      [2_999, 1],
      [3_000, 2],
      [5_999, 2],
      [6_000, 3],
    ]) {
      state.now = 1_000_000 + (at ?? 0);
      await health.read();
      expect(state.checks).toBe(checks);
    }
  });

  it('runs again after one second where the store has failed or recovered since, and never sooner', async () => {
    const { state, pulse, health } = aStore();
    await health.read();
    state.failure = UNREACHABLE;
    pulse.failed();
    for (let n = 0; n < 100; n += 1) await health.read();
    expect(state.checks).toBe(1);
    state.now += 1_000;
    expect(await health.read()).toMatchObject({ ok: false, reason: 'unreachable' });
    state.now += 1_000;
    await health.read();
    expect(state.checks).toBe(2);
    state.failure = null;
    pulse.answered();
    expect(await health.read()).toMatchObject({ ok: true });
    expect(state.checks).toBe(3);
  });

  it('runs once at a time, and answers requests that come in the meantime', async () => {
    const { state, store, pulse } = aStore();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const health = new HealthCheck(Object.assign(Object.create(store), { check: () => gate }), pulse);
    const both = Promise.all([health.read(), health.read()]);
    open();
    const [first, second] = await both;
    expect(first).toBe(second);
    expect(state.checks).toBe(0);
  });

  it('is logged when the state changes, and not in between', async () => {
    const { state, health } = aStore();
    const next = () => {
      state.now += 3_000;
      return health.read();
    };
    await health.read();
    expect(events()).toEqual([]);
    state.failure = UNREACHABLE;
    await next();
    expect(events()).toEqual([['store_unhealthy', expect.stringContaining('ECONNREFUSED')]]);
    await next();
    expect(lines).toHaveLength(1);
    state.failure = new Error('READONLY You can’t write against a read only replica.');
    await next();
    await next();
    expect(events()[1]).toEqual(['store_unhealthy', expect.stringContaining('READONLY')]);
    state.failure = null;
    await next();
    await next();
    expect(events().slice(2)).toEqual([['store_healthy']]);
  });

  it('is logged at once if the first one fails', async () => {
    const { state, health } = aStore();
    state.failure = new Error('WRONGPASS invalid username-password pair');
    await health.read();
    expect(events()).toEqual([['store_unhealthy', expect.stringContaining('WRONGPASS')]]);
  });

  it('logs each warning once, with advice, and still reports it while the store fails', async () => {
    const { state, health } = aStore();
    const next = () => {
      state.now += 3_000;
      return health.read();
    };
    state.warnings = ['evicts'];
    expect(await next()).toMatchObject({ ok: true, durable: true, warnings: ['evicts'] });
    state.warnings = ['evicts', 'not_persisted', 'too_old'];
    expect(await next()).toMatchObject({ ok: true, durable: false, warnings: state.warnings });
    state.failure = UNREACHABLE;
    expect(await next()).toMatchObject({ ok: false, durable: false, warnings: state.warnings });
    state.failure = null;
    await next();
    expect(events().filter(([event]) => event === 'store_warning')).toEqual([
      ['store_warning', 'evicts'],
      ['store_warning', 'not_persisted'],
      ['store_warning', 'too_old'],
    ]);
    for (const { event, advice } of lines)
      if (event === 'store_warning') expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the probes', () => {
  it('need no access code and no known host name, and reveal nothing but the status', async () => {
    const probe = { host: '10.1.2.3:3000' };
    await provideTestServices({ ACCESS_CODE: 'correct horse', ALLOWED_HOSTS: 'chat.example' });
    expect((await ask(getModels, { host: 'chat.example' })).status).toBe(401);
    for (const get of [getLive, getReady])
      expect(await answerOf(await ask(get, probe))).toEqual([200, { status: 'ok' }]);
  });

  it('do not use the store to tell whether the process lives', async () => {
    const { state, store, health } = aStore();
    state.failure = UNREACHABLE;
    const services = await provideTestServices({ ADMIN_TOKEN: TOKEN }, { store, health });
    state.calls = 0;
    expect(await answerOf(await ask(getLive))).toEqual([200, { status: 'ok' }]);
    await services.runs.close({ graceMs: 0, saveMs: 0 });
    expect(await answerOf(await ask(getLive))).toEqual([200, { status: 'ok' }]);
    expect(state.calls).toBe(0);
  });

  it('say that no message can be taken while the store fails', async () => {
    const { state, store, health } = aStore();
    state.failure = UNREACHABLE;
    await provideTestServices({}, { store, health });
    expect(await answerOf(await ask(getReady))).toEqual([503, { status: 'unavailable' }]);
    state.failure = null;
    state.now += 3_000;
    expect((await ask(getReady)).status).toBe(200);
  });

  it('say the same while the server shuts down, and so does its health', async () => {
    const services = await provideTestServices({});
    expect((await ask(getReady)).status).toBe(200);
    await services.runs.close({ graceMs: 0, saveMs: 0 });
    expect(await answerOf(await ask(getReady))).toEqual([503, { status: 'unavailable' }]);
    expect(await answerOf(await ask(getHealth))).toMatchObject([
      503,
      { status: 'degraded', store: { ok: true } },
    ]);
  });
});
