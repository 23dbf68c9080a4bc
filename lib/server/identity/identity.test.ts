import { describe, expect, it } from 'vitest';
import { openStore } from '@/lib/server/store/open-store';
import { AuthSecret } from './auth-secret';
import { newGuest, readGuest, signGuest } from './guest-cookie';
import { currentGuest, identify } from './identify';

const NOW = 1_800_000_000_000;
const memory = () => openStore({ driver: 'sqlite', path: ':memory:' });
const request = (cookie?: string, url = 'http://x.test/') =>
  new Request(url, cookie ? { headers: { cookie } } : undefined);

describe('the guest cookie', () => {
  it('can be read only with the secret that signed it', () => {
    const guest = newGuest(NOW);
    const value = signGuest(guest, 'one');
    expect(readGuest(value, ['two', 'one'])).toEqual(guest);
    expect(readGuest(value, ['two'])).toBeNull();
  });

  it('is rejected when a single character has changed', () => {
    const value = signGuest(newGuest(NOW), 'one');
    for (let at = 0; at < value.length; at += 1) {
      const forged = `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`;
      expect(readGuest(forged, ['one'])).toBeNull();
    }
  });

  it.each([undefined, '', 'a.b.c', '....', 'x'.repeat(10_000)])(
    'identifies nobody when it is %j',
    (value) => {
      expect(readGuest(value, ['one'])).toBeNull();
    },
  );
});

describe('identifying a request', () => {
  it('issues no cookie for a request that only reads', async () => {
    expect(await currentGuest(request(), new AuthSecret(await memory(), null))).toBeNull();
  });

  it('issues a cookie once, and recognises the guest by it', async () => {
    const secret = new AuthSecret(await memory(), null);
    const first = await identify(request(), secret, NOW);
    const cookie = first.setCookie?.split(';')[0];
    const again = await identify(request(`other=1; ${cookie}`), secret, NOW);
    expect(again).toEqual({ guest: first.guest, setCookie: null });
  });

  it('renews the cookie of a returning guest, and keeps the owner', async () => {
    const secret = new AuthSecret(await memory(), 'a-secret-of-length');
    const { guest, setCookie } = await identify(request(), secret, NOW);
    const later = await identify(request(setCookie?.split(';')[0]), secret, NOW + 2 * 86_400_000);
    expect(later.guest).toEqual({ ...guest, issuedAt: NOW + 2 * 86_400_000 });
    expect(later.setCookie).toContain('Max-Age=34560000; HttpOnly; SameSite=Lax');
  });

  it('sets Secure on https, also behind a proxy that terminates TLS', async () => {
    const secret = new AuthSecret(await memory(), null);
    const forwarded = new Request('http://x.test/', { headers: { 'x-forwarded-proto': 'https' } });
    expect((await identify(forwarded, secret, NOW)).setCookie).toContain('Secure');
    expect((await identify(request(undefined, 'https://x.test/'), secret, NOW)).setCookie).toContain(
      'Secure',
    );
    expect((await identify(request(), secret, NOW)).setCookie).not.toContain('Secure');
  });
});

describe('the secret', () => {
  it('is shared by all processes on a store', async () => {
    const store = await memory();
    const [a, b] = [new AuthSecret(store, null), new AuthSecret(store, null)];
    expect(await a.secrets()).toEqual(await b.secrets());
  });

  it('is written back to a store that came back empty, and older cookies stay valid', async () => {
    const secret = new AuthSecret(await memory(), null);
    const [held] = await secret.secrets();
    const empty = await memory();
    Object.assign(secret, { store: empty });
    await secret.sync();
    expect(await empty.secret('auth', 'another')).toBe(held);
    const taken = await memory();
    await taken.secret('auth', 'theirs');
    Object.assign(secret, { store: taken });
    await secret.sync();
    expect(await secret.secrets()).toEqual(['theirs', held]);
  });
});
