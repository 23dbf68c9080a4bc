import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as enter } from '@/app/api/access/route';
import { GET as sessions } from '@/app/api/chat/sessions/route';
import { GET as health } from '@/app/api/health/route';
import { GET as models } from '@/app/api/models/route';
import { cookieName, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import type { Services } from '@/lib/server/services';
import { provideTestServices } from '@/lib/server/testing/open-test-services';
import { accessCookie, readAccess } from './access-cookie';
import { matchCode } from './enter-code';
import { pageAccess } from './page-access';
import { returnPath } from './return-path';

const NOW = 1_800_000_000_000;
const CODES = 'correct horse, 打开芝麻门打开芝麻门';
const BASE = 'http://localhost';

describe('an access code', () => {
  const codes = ['correct horse', '打开芝麻门打开'];

  it.each(['correct horse', '  correct horse\n', '打开芝麻门打开'])('is accepted: %j', (entered) => {
    expect(matchCode(entered, codes)).toBe(entered.trim());
  });

  it.each([
    '',
    'correct hors',
    'correct horse2',
    'Correct Horse',
    '打开',
    'correct horse,打开芝麻门打开',
    '\0',
  ])('is refused: %j', (entered) => {
    expect(matchCode(entered, codes)).toBeNull();
  });

  it('may be typed with another form of the same letters', () => {
    expect(matchCode('cafe\u0301-code', ['caf\u00e9-code'])).toBe('caf\u00e9-code');
  });
});

describe('the access cookie', () => {
  const keys = { codes: ['code-one', 'code-two'], secrets: ['secret-one'] as [string] };
  const cookie = accessCookie({ code: 'code-two', issuedAt: NOW }, keys, false);
  const sent = cookie.split(';')[0] ?? '';

  it('is hidden from scripts and other sites, and tied to this host on https', () => {
    expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    expect(accessCookie({ code: 'code-two', issuedAt: NOW }, keys, true)).toMatch(
      /^__Host-confab_access_\w{8}=.*; Path=\/; .*; Secure$/,
    );
    expect(cookie).not.toContain('code-two');
  });

  it('lets in as long as its code and its secret are configured, whatever else changes', () => {
    const read = (codes: string[], secrets: [string, ...string[]], at = NOW) =>
      readAccess(`a=b; ${sent}`, { codes, secrets }, at);
    expect(read(['code-two'], ['secret-one'])).toEqual({ code: 'code-two', issuedAt: NOW });
    expect(read(['code-zero', 'code-two'], ['secret-new', 'secret-one'])).not.toBeNull();
    expect(read(['code-one'], ['secret-one'])).toBeNull();
    expect(read(['code-two'], ['secret-new'])).toBeNull();
    expect(read(['code-two'], ['secret-one'], NOW + 400 * 86_400_000)).toBeNull();
  });

  it('is refused when a single character has changed', () => {
    const [name = '', value = ''] = sent.split('=');
    for (let at = 0; at < value.length; at += 1) {
      const forged = `${value.slice(0, at)}${value[at] === '1' ? '2' : '1'}${value.slice(at + 1)}`;
      expect(readAccess(`${name}=${forged}`, keys, NOW)).toBeNull();
    }
  });
});

describe('the address to return to', () => {
  it.each(['/', '/?q=1#turn=2', '/c/one?x=%2F%2Fevil', '/s/abc'])('is kept: %s', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it.each([
    null,
    '',
    'https://evil.test',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\/evil.test',
    '/\t/evil.test',
    '/.//evil.test',
    '/x/..//evil.test',
    '/%2e//evil.test',
    'javascript:alert(1)',
    ' //evil.test',
    '/access?next=/access',
    '/api/guest',
    '/_next/x',
  ])('is the front page if it is %j', (path) => {
    expect(returnPath(path)).toBe('/');
  });
});

describe('a server with an access code', () => {
  let services: Services;
  beforeEach(async () => {
    services = await provideTestServices({ ACCESS_CODE: CODES });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    new Request(`${BASE}${path}`, { headers });
  const post = (code: unknown, address = '10.0.0.1', cookie = '') =>
    enter(
      new Request(`${BASE}/api/access`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address, cookie },
        body: JSON.stringify({ code }),
      }),
    );
  const cookieFrom = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

  it('answers 401 to everything but its health', async () => {
    for (const route of [sessions, models]) {
      const response = await route(get('/api/chat/sessions'));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: 'unauthorized', reason: 'access_code' } });
    }
    expect((await health(get('/api/health'))).status).toBe(200);
  });

  it('lets in a browser in which one of the codes is entered', async () => {
    for (const code of ['correct horse', '打开芝麻门打开芝麻门']) {
      const response = await post(code);
      expect(response.status).toBe(204);
      expect((await models(get('/api/models', { cookie: cookieFrom(response) }))).status).toBe(200);
    }
  });

  it('locks out a browser when its code is changed', async () => {
    const cookie = cookieFrom(await post('correct horse'));
    const { store } = services;
    await provideTestServices({ ACCESS_CODE: 'another code' }, { store });
    expect((await models(get('/api/models', { cookie }))).status).toBe(401);
    await provideTestServices({ ACCESS_CODE: 'another code,correct horse' }, { store });
    expect((await models(get('/api/models', { cookie }))).status).toBe(200);
  });

  it('says how long to wait after a wrong code, and checks no code before that', async () => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    const wrong = await post('wrong horse');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('set-cookie')).toBeNull();
    expect(wrong.headers.get('retry-after')).toBe('1');
    const early = await post('correct horse');
    expect(early.status).toBe(429);
    expect(await early.json()).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 1_000 } });
    expect((await post('correct horse', '10.0.0.2')).status).toBe(204);
    vi.setSystemTime(NOW + 1_000);
    expect((await post('correct horse')).status).toBe(204);
  });

  it('lets a returning browser in while strangers guess, and still slows down its own guesses', async () => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    const [secret] = await services.secret.secrets();
    const guest = `${cookieName(secret, false)}=${signGuest(newGuest(NOW), secret)}`;
    for (let n = 0; n < 20; n += 1) await post('wrong horse', `10.0.1.${n}`);
    expect((await post('correct horse', '10.0.2.1')).status).toBe(429);
    expect((await post('correct horse', '10.0.2.1', guest)).status).toBe(204);
    expect((await post('wrong horse', '10.0.2.1', guest)).status).toBe(401);
    expect((await post('correct horse', '10.0.2.2', guest)).status).toBe(429);
    expect((await post('correct horse', '10.0.2.3', `${guest}x`)).status).toBe(429);
  });

  it.each([{}, [], 1, null, { a: 1 }])('refuses a code that is not text: %j', async (code) => {
    expect((await post(code)).status).toBe(400);
  });

  it('sends a visit to the access page and keeps the address', async () => {
    expect(await pageAccess(get('/'))).toEqual({ goTo: '/access', setCookie: null });
    expect(await pageAccess(get('/c/one?x=1'))).toEqual({
      goTo: '/access?next=%2Fc%2Fone%3Fx%3D1',
      setCookie: null,
    });
    expect((await pageAccess(get('/access?next=%2F%3Fx'))).goTo).toBeNull();
    const cookie = cookieFrom(await post('correct horse'));
    expect(await pageAccess(get('/', { cookie }))).toEqual({ goTo: null, setCookie: null });
    expect((await pageAccess(get('/access?next=%2Fc%2Fone', { cookie }))).goTo).toBe('/c/one');
    expect((await pageAccess(get('/access?next=//evil.test', { cookie }))).goTo).toBe('/');
  });

  it('refuses the content of a page that a script fetches', async () => {
    await expect(pageAccess(get('/', { rsc: '1' }))).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(pageAccess(new Request(`${BASE}/`, { method: 'POST' }))).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('renews the cookie of somebody who comes back', async () => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    const cookie = cookieFrom(await post('correct horse'));
    vi.setSystemTime(NOW + 2 * 86_400_000);
    const { setCookie } = await pageAccess(get('/', { cookie }));
    vi.setSystemTime(NOW + 401 * 86_400_000);
    expect((await models(get('/api/models', { cookie }))).status).toBe(401);
    const renewed = setCookie?.split(';')[0] ?? '';
    expect((await models(get('/api/models', { cookie: renewed }))).status).toBe(200);
  });
});

describe('a server without an access code', () => {
  it('is open, and its access page leads to the front page', async () => {
    await provideTestServices({});
    expect((await models(new Request(`${BASE}/api/models`))).status).toBe(200);
    expect((await pageAccess(new Request(`${BASE}/access`))).goTo).toBe('/');
    expect((await pageAccess(new Request(`${BASE}/`))).goTo).toBeNull();
  });
});
