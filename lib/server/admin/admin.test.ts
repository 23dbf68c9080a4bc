import { beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as postSession } from '@/app/api/admin/session/route';
import { POST as postTurns } from '@/app/api/admin/turns/route';
import { HealthCheck } from '@/lib/server/health/health-check';
import { parseSend } from '@/lib/server/http/request-schemas';
import { hashed } from '@/lib/server/log';
import { metrics } from '@/lib/server/metrics/metrics';
import type { Services } from '@/lib/server/services';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { provideServices } from '@/lib/server/testing/provide-services';
import { beginTurn } from '@/lib/server/turns/begin-turn';
import { adminCookie, isAdmin } from './admin-cookie';
import { readAdminPage } from './read-report';

const TOKEN = 'admin-token-of-the-test';
const HOURS_MS = 3_600_000;

const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  new Request(`http://localhost${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

const signIn = (token: string, headers = {}) => postSession(form('/api/admin/session', { token }, headers));

/** What a browser sends back of a `Set-Cookie` header. */
const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? '';

let services: Services;
beforeEach(async () => {
  Reflect.deleteProperty(globalThis, Symbol.for('confab.metrics'));
  services = await openTestServices({ ADMIN_TOKEN: TOKEN });
  provideServices(services);
});

const viewWith = (cookie: string, now = Date.now()) => readAdminPage(services, cookie, now);

describe('the admin session', () => {
  it('is opened by the token, for eight hours', async () => {
    const response = await signIn(TOKEN);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/admin']);
    const setCookie = response.headers.get('set-cookie') ?? '';
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=28800'])
      expect(setCookie).toContain(attribute);
    const cookie = cookieOf(response);
    expect((await viewWith(cookie)).kind).toBe('report');
    expect((await viewWith(cookie, Date.now() + 7.9 * HOURS_MS)).kind).toBe('report');
    expect((await viewWith(cookie, Date.now() + 8.1 * HOURS_MS)).kind).toBe('signed_out');
  });

  it('is Secure and has the host prefix on https', async () => {
    services.settings = { ...services.settings, trustProxy: 1 };
    const response = await signIn(TOKEN, { 'x-forwarded-proto': 'https' });
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-confab_admin=.*; Secure$/);
    expect((await viewWith(cookieOf(response))).kind).toBe('report');
  });

  it.each(['', 'wrong', `${TOKEN}x`, TOKEN.slice(0, -1), TOKEN.toUpperCase()])(
    'is not opened by %j',
    async (token) => {
      const response = await signIn(token);
      expect(response.headers.get('location')).toBe('/admin?problem=token');
      expect(response.headers.get('set-cookie')).toBeNull();
    },
  );

  it('takes longer to open after each wrong try, and no time after the right one', async () => {
    expect((await signIn('wrong')).headers.get('location')).toBe('/admin?problem=token');
    expect((await signIn(TOKEN)).headers.get('location')).toBe('/admin?problem=wait');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expect((await signIn(TOKEN)).headers.get('location')).toBe('/admin');
    expect((await signIn(TOKEN)).headers.get('location')).toBe('/admin');
    vi.useRealTimers();
  });

  it('ends with a sign-out, and with a new token', async () => {
    const ended = await postSession(form('/api/admin/session', {}));
    expect(ended.headers.get('set-cookie')).toContain('Max-Age=0');
    const cookie = cookieOf(await signIn(TOKEN));
    expect(isAdmin(cookie, 'another-token-of-the-test', Date.now())).toBe(false);
  });

  it('cannot be forged or extended', () => {
    const now = Date.now();
    const [pair = ''] = adminCookie(TOKEN, now, false).split(';');
    const [expiresAt = ''] = pair.slice('confab_admin='.length).split('.');
    const later = pair.replace(expiresAt, String(Number(expiresAt) + 1));
    for (const forged of [
      later,
      `${pair}x`,
      pair.slice(0, -1),
      'confab_admin=',
      'confab_admin=1.x',
      `x${pair}`,
    ])
      expect(isAdmin(forged, TOKEN, now)).toBe(false);
    expect(isAdmin(`other=1; ${pair}`, TOKEN, now)).toBe(true);
  });

  it('does not exist without a token', async () => {
    const without = await openTestServices({});
    provideServices(without);
    expect((await signIn('')).status).toBe(404);
    expect((await postTurns(form('/api/admin/turns', { new: 'pause' }))).status).toBe(404);
    expect((await readAdminPage(without, null, Date.now())).kind).toBe('none');
  });
});

describe('the switch on the admin page', () => {
  const post = (wanted: string, headers: Record<string, string>) =>
    postTurns(form('/api/admin/turns', { new: wanted }, headers));

  it('pauses and resumes new turns', async () => {
    const cookie = cookieOf(await signIn(TOKEN));
    expect((await post('pause', { cookie })).status).toBe(303);
    expect(await services.turnSwitch.pausedSince()).not.toBeNull();
    await post('resume', { cookie });
    expect(await services.turnSwitch.pausedSince()).toBeNull();
  });

  it('also obeys a program with the token, and nobody else', async () => {
    expect((await post('pause', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await post('pause', {})).headers.get('location')).toBe('/admin?problem=ended');
    expect((await post('pause', { cookie: 'confab_admin=1.2' })).status).toBe(303);
    expect(await services.turnSwitch.pausedSince()).toBeNull();
    await post('pause', { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.1' });
    expect(await services.turnSwitch.pausedSince()).not.toBeNull();
  });

  it('is as slow to guess for as the form', async () => {
    const from = (address: string, token: string) =>
      post('pause', { authorization: `Bearer ${token}`, 'x-forwarded-for': address });
    const refused = await from('203.0.113.1', 'wrong');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([401, '1']);
    expect((await from('203.0.113.1', 'wrong')).status).toBe(429);
    expect((await from('203.0.113.1', TOKEN)).status).toBe(429);
    expect((await signIn(TOKEN, { 'x-forwarded-for': '203.0.113.1' })).headers.get('location')).toBe(
      '/admin?problem=wait',
    );
    expect(await services.turnSwitch.pausedSince()).toBeNull();
    expect((await from('203.0.113.2', TOKEN)).status).toBe(303);
  });

  it.each(['', 'stop', 'constructor', 'pausedSince'])('refuses %j', async (wanted) => {
    expect((await post(wanted, { authorization: `Bearer ${TOKEN}` })).status).toBe(400);
  });
});

describe('the report', () => {
  it('has today’s use by model and hashed guest, and no text or id of a guest', async () => {
    metrics().days.connect(services.store);
    const send = { sessionId: 'session-1', assistantId: 'teacher', turnId: 'turn-1', content: 'PLUGH' };
    const { run } = await beginTurn(services, 'owner-1', parseSend(send), 'en');
    await run?.ended;
    metrics().days.countLimitHit('rate_limited');
    const view = await viewWith(cookieOf(await signIn(TOKEN)));
    if (view.kind !== 'report') throw new Error('not signed in');
    const { report } = view;
    expect(report.days).toHaveLength(30);
    expect(report.days.at(-1)).toMatchObject({ turns: 1, failed: 0, limitsHit: 1 });
    expect(report.models).toMatchObject([{ name: 'demo:demo', turns: 1 }]);
    expect(report.guests).toMatchObject([{ name: hashed('owner-1'), turns: 1 }]);
    expect(report.limits).toEqual([{ name: 'rate_limited', count: 1 }]);
    expect(report.store).toMatchObject({ driver: 'sqlite', reason: null, warnings: ['not_persisted'] });
    for (const secret of ['owner-1', 'session-1', 'turn-1', 'PLUGH', TOKEN])
      expect(JSON.stringify(report)).not.toContain(secret);
  });

  it('is shown even if the store fails, and says so', async () => {
    const cookie = cookieOf(await signIn(TOKEN));
    const store = Object.assign(Object.create(services.store), {
      check: () => Promise.reject(new Error('connect ECONNREFUSED')),
      setting: () => Promise.reject(new Error('connect ECONNREFUSED')),
    });
    const health = new HealthCheck(store, services.pulse);
    const view = await readAdminPage({ ...services, store, health }, cookie, Date.now());
    expect(view).toMatchObject({ kind: 'report', report: { store: { reason: 'unreachable' } } });
  });
});
