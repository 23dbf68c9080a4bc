import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET as callback } from '@/app/api/access/oidc/callback/route';
import { GET as start } from '@/app/api/access/oidc/route';
import { GET as sessions } from '@/app/api/chat/sessions/route';
import { DELETE as deleteData } from '@/app/api/guest/data/route';
import { POST as join } from '@/app/api/guest/join/route';
import { GET as guest, DELETE as signOut } from '@/app/api/guest/route';
import { GET as health } from '@/app/api/health/route';
import { ForgingProvider } from '@/e2e/support/servers/forging-provider';
import { type OidcServer, startOidcServer, visitProvider } from '@/e2e/support/servers/oidc-server';
import { cookieName, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import { pageCookie } from '@/lib/server/identity/page-cookie';
import type { Services } from '@/lib/server/services';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { provideTestServices } from '@/lib/server/testing/open-test-services';
import { accountOwner } from './account';
import { accountCookie, readAccount } from './account-cookie';
import { pageAccess } from './page-access';

const SITE = 'http://localhost';

let services: Services;

/** A browser with its cookies. */
class Jar {
  readonly cookies = new Map<string, string>();

  request(path: string, init: RequestInit = {}): Request {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Request(new URL(path, SITE), {
      ...init,
      headers: { host: 'localhost', ...(cookie && { cookie }), ...init.headers },
    });
  }

  take(...setCookies: (string | null)[]): void {
    for (const setCookie of setCookies) {
      const [pair = ''] = setCookie?.split(';') ?? [];
      const [name = '', value = ''] = pair.split('=');
      if (setCookie?.includes('Max-Age=0')) this.cookies.delete(name);
      else if (name) this.cookies.set(name, value);
    }
  }

  async call(handler: (request: Request) => Promise<Response>, path: string, init?: RequestInit) {
    const response = await handler(this.request(path, init));
    this.take(...response.headers.getSetCookie());
    return response;
  }

  /** Makes it a guest with a conversation. */
  async beGuest(): Promise<SessionClient> {
    const device = newGuest(Date.now());
    const [secret] = await services.secret.secrets();
    this.cookies.set(cookieName(secret, false), signGuest(device, secret));
    const client = new SessionClient(services.store, { owner: device.owner });
    await client.addTurn('a');
    return client;
  }

  async sessionIds(): Promise<string[]> {
    const answer = await (await this.call(sessions, '/api/chat/sessions')).json();
    return answer.sessions.map(({ id }: { id: string }) => id);
  }
}

describe('signing in at an OIDC provider', () => {
  let oidc: OidcServer;
  beforeAll(async () => {
    oidc = await startOidcServer(`${SITE}/api/access/oidc/callback`);
  });
  afterAll(() => oidc.close());
  beforeEach(async () => {
    oidc.person = 'alice';
    services = await provideTestServices(oidc.settings);
  });

  async function signIn(jar: Jar, next = '/'): Promise<Response> {
    const begun = await jar.call(start, `/api/access/oidc?next=${encodeURIComponent(next)}`);
    const back = await visitProvider(begun.headers.get('location') ?? '', SITE);
    return jar.call(callback, back.pathname + back.search);
  }

  it('is required for everything but the health of the server', async () => {
    const jar = new Jar();
    await jar.beGuest();
    const refused = await jar.call(sessions, '/api/chat/sessions');
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: 'unauthorized', reason: 'sign_in' } });
    expect((await jar.call(health, '/api/health')).status).toBe(200);
    expect((await pageAccess(jar.request('/?x=1'))).goTo).toBe('/access?next=%2F%3Fx%3D1');
  });

  it('asks with PKCE, state and nonce, and leads back to the address that was wanted', async () => {
    const jar = new Jar();
    const begun = await jar.call(start, '/api/access/oidc?next=%2F%3Fx%3D1');
    const asked = new URL(begun.headers.get('location') ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.get(name)?.length).toBeGreaterThan(20);
    const done = await signIn(jar, '/?x=1');
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/?x=1');
    expect((await pageAccess(jar.request('/'))).goTo).toBeNull();
    const [cookie = ''] = done.headers.getSetCookie();
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect((await signIn(new Jar(), '//evil.test')).headers.get('location')).toBe('/');
  });

  it('gives a person the same conversations on every device, and nobody else’s', async () => {
    const [laptop, phone, other] = [new Jar(), new Jar(), new Jar()];
    await signIn(laptop);
    await signIn(phone);
    oidc.person = 'bob';
    await signIn(other);
    const owner = accountOwner(oidc.issuer, 'alice');
    const client = new SessionClient(services.store, { owner });
    await client.addTurn('a');
    for (const jar of [laptop, phone]) expect(await jar.sessionIds()).toEqual([client.sessionId]);
    expect(await other.sessionIds()).toEqual([]);
    const answer = await (await phone.call(guest, '/api/guest')).json();
    expect(answer.devices).toHaveLength(2);
  });

  it('refuses an answer to a sign-in that this browser did not start', async () => {
    const [victim, attacker] = [new Jar(), new Jar()];
    const begun = await attacker.call(start, '/api/access/oidc');
    const back = await visitProvider(begun.headers.get('location') ?? '', SITE);
    const path = back.pathname + back.search;
    await victim.call(start, '/api/access/oidc');
    const pair = (jar: Jar) => [...jar.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    // Another host of the site can add its cookie before or after.
    for (const cookie of [`${pair(attacker)}; ${pair(victim)}`, `${pair(victim)}; ${pair(attacker)}`]) {
      const refused = await victim.call(callback, path, { headers: { cookie } });
      expect(refused.headers.get('location')).toBe('/access?failed=1');
    }
    for (const [jar, address] of [
      [victim, path],
      [attacker, path.replace(/state=[^&]+/, 'state=forged')],
    ] as const) {
      const refused = await jar.call(callback, address);
      expect(refused.headers.get('location')).toBe('/access?failed=1');
      expect([...jar.cookies.keys()].filter((name) => name.includes('account'))).toEqual([]);
    }
  });

  it('accepts on https only the cookie that no other host of the site can set', async () => {
    const now = Date.now();
    const [secret] = await services.secret.secrets();
    const [pair = ''] = accountCookie(newGuest(now), secret, true).split(';');
    const read = (cookies: string) => readAccount(cookies, [secret], { isSecure: true, now });
    const own = read(pair);
    expect(own).not.toBeNull();
    const planted = pair.replace('__Host-', '');
    expect(read(planted)).toBeNull();
    expect(read(`${planted}; ${pair}`)).toEqual(own);
    expect(read(`a=1; \u00a0${pair}`)).toBeNull();
  });

  it('cannot be forced on a browser by another host of its site that adds cookies', async () => {
    const site = 'https://localhost';
    const provider = await startOidcServer(`${site}/api/access/oidc/callback`);
    services = await provideTestServices(provider.settings);
    const [attacker, victim] = [new Jar(), new Jar()];
    // No other host can set a cookie with the prefix.
    const addCookies = () => {
      for (const [name, value] of attacker.cookies) victim.cookies.set(name.replace('__Host-', ''), value);
    };
    const begun = await attacker.call(start, `${site}/api/access/oidc`);
    const back = await visitProvider(begun.headers.get('location') ?? '', site);
    addCookies();
    const led = await victim.call(callback, back.href);
    expect(led.headers.get('location')).toBe('/access?failed=1');
    const done = await attacker.call(callback, back.href);
    expect(done.headers.get('location')).toBe('/');
    addCookies();
    expect((await victim.call(sessions, `${site}/api/chat/sessions`)).status).toBe(401);
    expect((await attacker.call(sessions, `${site}/api/chat/sessions`)).status).toBe(200);
    await provider.close();
  });

  it('refuses a forged or exchanged cookie', async () => {
    const jar = new Jar();
    await signIn(jar);
    const [name = '', value = ''] = [...jar.cookies].find(([one]) => one.includes('account')) ?? [];
    for (let at = 0; at < value.length; at += 5) {
      const forged = new Jar();
      forged.cookies.set(name, `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`);
      expect((await forged.call(sessions, '/api/chat/sessions')).status).toBe(401);
    }
    // A guest's cookie, which the server once signed for anybody, is no account.
    const client = new Jar();
    await client.beGuest();
    const [guestValue = ''] = client.cookies.values();
    const exchanged = new Jar();
    exchanged.cookies.set(name, guestValue);
    expect((await exchanged.call(sessions, '/api/chat/sessions')).status).toBe(401);
  });

  it('ends with a sign-out, and after everything was deleted, until the next sign-in', async () => {
    const jar = new Jar();
    await signIn(jar);
    const kept = new Map(jar.cookies);
    await new SessionClient(services.store, { owner: accountOwner(oidc.issuer, 'alice') }).addTurn('a');
    await jar.sessionIds();
    expect((await jar.call(signOut, '/api/guest', { method: 'DELETE' })).status).toBe(204);
    expect([...jar.cookies.keys()].filter((name) => name.includes('account'))).toEqual([]);
    const stolen = new Jar();
    for (const [name, value] of kept) stolen.cookies.set(name, value);
    expect((await stolen.call(sessions, '/api/chat/sessions')).status).toBe(401);
    expect((await pageAccess(stolen.request('/'))).goTo).toBe('/access');
    await signIn(jar);
    expect(await jar.sessionIds()).toHaveLength(1);
    expect((await jar.call(deleteData, '/api/guest/data', { method: 'DELETE' })).status).toBe(204);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await signIn(jar);
    expect(await jar.sessionIds()).toEqual([]);
  });

  it('gives an account no new daily limits for deleting everything', async () => {
    const limits = { guest: { dailyTokens: 100 } };
    const jar = new Jar();
    await signIn(jar);
    const client = new SessionClient(services.store, { owner: accountOwner(oidc.issuer, 'alice') });
    await client.begin('a', { limits });
    const turn = { ...(await client.turn('a')), status: 'done' as const };
    await client.write('a', { turn, use: { tokens: 100, cost: 0 } });
    expect((await jar.call(deleteData, '/api/guest/data', { method: 'DELETE' })).status).toBe(204);
    expect(await client.begin('b', { limits })).toMatchObject({ refusal: { limit: 'tokens' } });
  });

  it('joins what the browser had as a guest, when asked', async () => {
    const jar = new Jar();
    const before = await jar.beGuest();
    const live = new SessionClient(services.store, { owner: before.owner });
    await live.begin('live');
    await signIn(jar);
    const offered = await (await jar.call(sessions, '/api/chat/sessions')).json();
    expect(offered).toMatchObject({ sessions: [], joinable: 2 });
    expect((await jar.call(join, '/api/guest/join', { method: 'POST' })).status).toBe(204);
    const after = await (await jar.call(sessions, '/api/chat/sessions')).json();
    expect(after.sessions.map(({ id }: { id: string }) => id).sort()).toEqual(
      [before.sessionId, live.sessionId].sort(),
    );
    expect(after.joinable).toBeUndefined();
    expect((await jar.call(join, '/api/guest/join', { method: 'POST' })).status).toBe(404);
  });

  it('joins nothing for a browser that its guest had signed out', async () => {
    const jar = new Jar();
    const before = await jar.beGuest();
    const { owner } = before;
    const [value = ''] = jar.cookies.values();
    const [, device = ''] = value.split('.');
    const seen = { owner, device: { id: device, issuedAt: Date.now() }, name: '', now: Date.now() };
    await services.store.seeDevice(seen);
    await services.store.revokeDevice({ owner, deviceId: device, now: Date.now() });
    await signIn(jar);
    expect((await jar.call(join, '/api/guest/join', { method: 'POST' })).status).toBe(401);
    expect(await before.shownIds()).toEqual(['a']);
    expect(await (await jar.call(sessions, '/api/chat/sessions')).json()).not.toHaveProperty('joinable');
  });

  it.each([
    ['as it should be', {}, '/'],
    ['for another client', { claims: { aud: 'another-client' } }, '/access?failed=1'],
    ['for another sign-in', { claims: { nonce: 'another' } }, '/access?failed=1'],
    ['without a signature', { alg: 'none' }, '/access?failed=1'],
    ['signed with a key that the provider does not publish', { foreignKey: true }, '/access?failed=1'],
  ] as const)('leads to the right address with an id token %s', async (_, token, address) => {
    const provider = await ForgingProvider.start();
    await provideTestServices(provider.settings);
    const jar = new Jar();
    const begun = await jar.call(start, '/api/access/oidc');
    const asked = new URL(begun.headers.get('location') ?? '').searchParams;
    provider.nonce = asked.get('nonce') ?? '';
    provider.next = token;
    const done = await jar.call(callback, `/api/access/oidc/callback?code=any&state=${asked.get('state')}`);
    expect(done.headers.get('location')).toBe(address);
    await provider.close();
  });

  it('says so when the provider cannot be reached, and tries again later', async () => {
    await provideTestServices({ ...oidc.settings, OIDC_ISSUER: 'http://127.0.0.1:1' });
    const begun = await new Jar().call(start, '/api/access/oidc');
    expect(begun.headers.get('location')).toBe('/access?failed=1');
  });
});

describe('a proxy that names the person', () => {
  const SECRET = 'a-secret-of-the-proxy';
  beforeEach(async () => {
    services = await provideTestServices({ PROXY_USER_HEADER: 'Remote-User', PROXY_USER_SECRET: SECRET });
  });
  const via = (user: string, secret = SECRET) => ({
    headers: { 'remote-user': user, 'x-confab-proxy-secret': secret },
  });

  it('is believed only with its secret', async () => {
    const client = new SessionClient(services.store, { owner: accountOwner('proxy', 'alice') });
    await client.addTurn('a');
    const list = async (init: RequestInit) => {
      const response = await new Jar().call(sessions, '/api/chat/sessions', init);
      return response.status === 200 ? (await response.json()).total : response.status;
    };
    expect(await list(via('alice'))).toBe(1);
    expect(await list(via('bob'))).toBe(0);
    for (const init of [{}, via('alice', ''), via('alice', `${SECRET}x`), via(''), via('  ')])
      expect(await list(init)).toBe(401);
  });

  it('gives each browser a device of its own person, and of nobody else', async () => {
    const jar = new Jar();
    const visit = async (user: string) => jar.take(await pageCookie(jar.request('/', via(user))));
    await new SessionClient(services.store, { owner: accountOwner('proxy', 'alice') }).addTurn('a');
    await visit('alice');
    const cookies = new Map(jar.cookies);
    await visit('alice');
    expect(jar.cookies).toEqual(cookies);
    const devices = await (await jar.call(guest, '/api/guest', via('alice'))).json();
    expect(devices.devices).toHaveLength(1);
    const asBob = await (await jar.call(sessions, '/api/chat/sessions', via('bob'))).json();
    expect(asBob.total).toBe(0);
    expect((await jar.call(sessions, '/api/chat/sessions')).status).toBe(401);
  });

  it('joins what the browser had as a guest', async () => {
    const jar = new Jar();
    const before = await jar.beGuest();
    expect((await jar.call(join, '/api/guest/join', { method: 'POST', ...via('alice') })).status).toBe(204);
    expect(
      (await (await jar.call(sessions, '/api/chat/sessions', via('alice'))).json()).sessions,
    ).toMatchObject([{ id: before.sessionId }]);
  });
});
