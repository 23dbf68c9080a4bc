import { describe, expect, it } from 'vitest';
import { ChatError } from '@/lib/chat/chat-error';
import { readSettings } from '@/lib/server/env';
import type { Services } from '@/lib/server/services';
import { openStore } from '@/lib/server/store/open-store';
import { AuthSecret } from './auth-secret';
import { cookieName, newGuest, readGuest, signGuest } from './guest-cookie';
import { currentGuest, forgetGuest, identify } from './identify';

const NOW = 1_800_000_000_000;
const DAY_MS = 86_400_000;
const SECRET = 'a-secret-of-length';
const memory = () => openStore({ driver: 'sqlite', path: ':memory:' });

async function servicesOf(
  authSecret: string | null,
  variables: Record<string, string> = {},
): Promise<Pick<Services, 'secret' | 'settings'>> {
  return { secret: new AuthSecret(await memory(), authSecret), settings: readSettings(variables) };
}

const request = (cookie?: string, url = 'http://x.test/') =>
  new Request(url, cookie ? { headers: { cookie } } : undefined);

const pairOf = (setCookie: string | null): string => setCookie?.split(';')[0] ?? '';
const nameOf = (setCookie: string | null): string => pairOf(setCookie).split('=')[0] ?? '';

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

  it.each([
    ['issued 400 days ago', NOW - 400 * DAY_MS, true],
    ['older than that', NOW - 400 * DAY_MS - 1, false],
    ['from a clock that is five minutes ahead', NOW + 300_000, true],
    ['from further in the future', NOW + 300_001, false],
    ['from the year 5138', 99_999_999_999_999, false],
    ['from 1970', 0, false],
  ])(
    '%s: %d is believed: %s, and never replaced by that of a new guest',
    async (_when, issuedAt, isBelieved) => {
      const services = await servicesOf(SECRET);
      const guest = { ...newGuest(NOW), issuedAt };
      for (const name of [cookieName(SECRET, false), 'confab_guest']) {
        const sent = request(`${name}=${signGuest(guest, SECRET)}`);
        const found = await currentGuest(sent, services, NOW).catch((error: unknown) => error);
        const identified = await identify(sent, services, NOW).catch((error: unknown) => error);
        const refusal = { code: 'forbidden', reason: 'cookie_date' };
        expect(found).toMatchObject(isBelieved ? guest : refusal);
        expect(identified).toMatchObject(isBelieved ? { guest } : refusal);
      }
    },
  );
});

describe('identifying a request', () => {
  it('issues no cookie for a request that only reads', async () => {
    expect(await currentGuest(request(), await servicesOf(null), NOW)).toBeNull();
  });

  it('issues a cookie once, and recognises the guest by it', async () => {
    const services = await servicesOf(null);
    const first = await identify(request(), services, NOW);
    const again = await identify(request(`other=1; ${pairOf(first.setCookie)}`), services, NOW);
    expect(again).toEqual({ guest: first.guest, setCookie: null, isNew: false });
  });

  it('renews the cookie of a returning guest, and keeps the owner', async () => {
    const services = await servicesOf(SECRET);
    const { guest, setCookie } = await identify(request(), services, NOW);
    const later = await identify(request(pairOf(setCookie)), services, NOW + 2 * DAY_MS);
    expect(later.guest).toEqual(guest);
    const renewed = { ...guest, issuedAt: NOW + 2 * DAY_MS };
    expect(await currentGuest(request(pairOf(later.setCookie)), services, NOW + 2 * DAY_MS)).toEqual(renewed);
    expect(later.setCookie).toContain('Max-Age=34560000; HttpOnly; SameSite=Lax');
  });

  it('sets Secure on https, also behind a proxy of ours that terminates TLS', async () => {
    const services = await servicesOf(null, { TRUST_PROXY: '1' });
    const forwarded = new Request('http://x.test/', { headers: { 'x-forwarded-proto': 'https' } });
    expect((await identify(forwarded, services, NOW)).setCookie).toContain('Secure');
    expect((await identify(request(undefined, 'https://x.test/'), services, NOW)).setCookie).toContain(
      'Secure',
    );
    expect((await identify(request(), services, NOW)).setCookie).not.toContain('Secure');
    expect((await identify(forwarded, await servicesOf(null), NOW)).setCookie).not.toContain('Secure');
  });
});

describe('the name of the cookie', () => {
  it('has the instance in it, and on https a prefix that keeps other hosts from setting it', async () => {
    const services = await servicesOf(SECRET);
    expect(nameOf((await identify(request(), services, NOW)).setCookie)).toMatch(
      /^confab_guest_[0-9a-f]{8}$/,
    );
    const onHttps = await identify(request(undefined, 'https://x.test/'), services, NOW);
    expect(onHttps.setCookie).toMatch(/^__Host-confab_guest_[0-9a-f]{8}=[^;]+; Path=\/; .*Secure$/);
    expect(onHttps.setCookie).not.toContain('Domain');
  });

  it('differs between two servers on one host, so neither replaces the guest of the other', async () => {
    const [one, other] = [
      await servicesOf('the-secret-of-one-server'),
      await servicesOf('the-secret-of-another'),
    ];
    const first = await identify(request(), one, NOW);
    const second = await identify(request(pairOf(first.setCookie)), other, NOW);
    expect(nameOf(second.setCookie)).not.toBe(nameOf(first.setCookie));
    const both = request(`${pairOf(second.setCookie)}; ${pairOf(first.setCookie)}`);
    expect(await currentGuest(both, one, NOW)).toEqual(first.guest);
    expect(await currentGuest(both, other, NOW)).toEqual(second.guest);
  });

  it('of the first release is accepted if we signed it, and replaced by the new form', async () => {
    const services = await servicesOf(SECRET);
    const guest = newGuest(NOW);
    const renewed = await identify(request(`confab_guest=${signGuest(guest, SECRET)}`), services, NOW);
    expect(renewed.guest).toEqual(guest);
    expect(nameOf(renewed.setCookie)).toBe(cookieName(SECRET, false));
    const stranger = request(`confab_guest=${signGuest(guest, 'the secret of another')}`);
    expect(await currentGuest(stranger, services, NOW)).toBeNull();
  });

  it('for http is accepted on a server that got its certificate later, and replaced', async () => {
    const services = await servicesOf(SECRET);
    const { guest, setCookie } = await identify(request(), services, NOW);
    const later = await identify(request(pairOf(setCookie), 'https://x.test/'), services, NOW);
    expect(later.guest).toEqual(guest);
    expect(later.setCookie).toMatch(/^__Host-/);
  });

  it('of http differs from that of https: a browser that keeps a secure cookie from being replaced takes both', async () => {
    const services = await servicesOf(SECRET);
    const onHttps = await identify(request(undefined, 'https://x.test/'), services, NOW);
    // The browser does not send a secure cookie over http, and takes no other of its name.
    const onHttp = await identify(request(), services, NOW);
    expect(nameOf(onHttp.setCookie)).not.toBe(nameOf(onHttps.setCookie));
    expect(onHttp.setCookie).not.toContain('Secure');
    const again = await identify(request(pairOf(onHttp.setCookie)), services, NOW);
    expect(again).toEqual({ guest: onHttp.guest, setCookie: null, isNew: false });
    const back = `${pairOf(onHttp.setCookie)}; ${pairOf(onHttps.setCookie)}`;
    expect(await currentGuest(request(back, 'https://x.test/'), services, NOW)).toEqual(onHttps.guest);
  });

  it('for https comes first, so a cookie that a sibling subdomain adds changes nothing', async () => {
    const services = await servicesOf(SECRET);
    const { guest, setCookie } = await identify(request(undefined, 'https://x.test/'), services, NOW);
    const planted = signGuest(newGuest(NOW), SECRET);
    for (const name of ['confab_guest', cookieName(SECRET, false)]) {
      const before = request(`${name}=${planted}; ${pairOf(setCookie)}`, 'https://x.test/');
      expect(await currentGuest(before, services, NOW)).toEqual(guest);
    }
  });

  it('for https cannot be given to a new visitor by a sibling subdomain, under any name that it can set', async () => {
    const services = await servicesOf(SECRET);
    const attacker = await identify(request(undefined, 'https://x.test/'), services, NOW);
    const [name = '', value = ''] = pairOf(attacker.setCookie).split('=');
    const names = [
      'confab_guest',
      cookieName(SECRET, false),
      // The browser does not see the prefix in these, and a server that trims the name does.
      ...['\u00a0', '\u000b', '\u000c'].map((space) => `${space}${name}`),
      name.toLowerCase(),
    ];
    for (const planted of names) {
      const visit = request(`a=1; ${planted}=${value}`, 'https://x.test/');
      expect(await currentGuest(visit, services, NOW), planted).toBeNull();
      expect((await identify(visit, services, NOW)).guest.owner).not.toBe(attacker.guest.owner);
    }
  });

  it('for https is accepted with the signature for http, and renewed', async () => {
    const services = await servicesOf(SECRET);
    const guest = newGuest(NOW);
    const sent = request(`${cookieName(SECRET, true)}=${signGuest(guest, SECRET)}`, 'https://x.test/');
    const renewed = await identify(sent, services, NOW);
    expect(renewed.guest).toEqual(guest);
    expect(pairOf(renewed.setCookie)).toBe(`${cookieName(SECRET, true)}=${signGuest(guest, SECRET, true)}`);
  });

  it('is found quickly in a header full of separators', async () => {
    const services = await servicesOf(SECRET);
    const { guest, setCookie } = await identify(request(), services, NOW);
    const startedAt = performance.now();
    const found = await currentGuest(request(`${';'.repeat(15_000)}${pairOf(setCookie)}`), services, NOW);
    expect(performance.now() - startedAt).toBeLessThan(200);
    expect(found).toEqual(guest);
  });

  it.each([false, true])(
    'sent several times is not believed, and nothing is replaced: https %s',
    async (secure) => {
      const services = await servicesOf(SECRET);
      const [own, planted] = [newGuest(NOW), newGuest(NOW)].map((guest) => signGuest(guest, SECRET));
      for (const name of ['confab_guest', cookieName(SECRET, false), cookieName(SECRET, secure)]) {
        const twice = request(`${name}=${planted}; ${name}=${own}`, secure ? 'https://x.test/' : undefined);
        const refusal = { code: 'forbidden', reason: 'several_cookies' };
        await expect(currentGuest(twice, services, NOW)).rejects.toMatchObject(refusal);
        await expect(identify(twice, services, NOW)).rejects.toBeInstanceOf(ChatError);
      }
    },
  );

  it('can be removed in every form that was sent, to sign this browser out', async () => {
    const services = await servicesOf(SECRET);
    const value = signGuest(newGuest(NOW), SECRET);
    const name = cookieName(SECRET, true);
    const sent = request(`${name}=${value}; confab_guest=${value}; theme=dark`, 'https://x.test/');
    expect(await forgetGuest(sent, services)).toEqual([
      `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`,
      'confab_guest=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    ]);
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

  it('may be several: the first signs, all are believed, and so is the whole value', async () => {
    const [first, second] = ['the-first-of-secrets', 'the-second-of-secrets'];
    const whole = `${first},${second}`;
    const services = await servicesOf(`${first}, ${second}`);
    expect(await new AuthSecret(await memory(), whole).secrets()).toEqual([first, second, whole]);
    const { setCookie } = await identify(request(), services, NOW);
    expect(nameOf(setCookie)).toBe(cookieName(first, false));

    const before = await identify(request(), await servicesOf(second), NOW);
    const rotated = await identify(request(pairOf(before.setCookie)), services, NOW);
    expect(rotated.guest).toEqual(before.guest);
    expect(nameOf(rotated.setCookie)).toBe(cookieName(first, false));

    const guest = newGuest(NOW);
    const ofFirstRelease = request(`confab_guest=${signGuest(guest, whole)}`);
    const list = { ...services, secret: new AuthSecret(await memory(), whole) };
    expect(await currentGuest(ofFirstRelease, list, NOW)).toEqual(guest);
  });

  it('is no list if one of its parts is too short to be a secret', async () => {
    for (const value of ['a,secret-with-a-comma-in-it', 'a-secret-that-ends-in-a-comma,', ',,,,,,,,,,,,,,,,'])
      expect(await new AuthSecret(await memory(), value).secrets()).toEqual([value]);
  });

  it('that is gone leaves its cookies alone: when it is back, so is the guest', async () => {
    const before = await servicesOf('the-secret-of-before');
    const { guest, setCookie } = await identify(request(), before, NOW);
    const meanwhile = await identify(
      request(pairOf(setCookie)),
      await servicesOf('the-secret-of-after'),
      NOW,
    );
    const both = request(`${pairOf(setCookie)}; ${pairOf(meanwhile.setCookie)}`);
    expect(await currentGuest(both, before, NOW)).toEqual(guest);
  });
});
