import { beforeEach, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/remote-image/route';
import { ChatError } from '@/lib/chat/chat-error';
import { cookieName, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import { parseUpload } from '@/lib/server/images/parse-upload';
import { aPng } from '@/lib/server/images/testing/sample-images';
import type { Services } from '@/lib/server/services';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { provideServices } from '@/lib/server/testing/provide-services';
import { fetchRemoteImage } from './fetch-remote-image';

vi.mock('./fetch-remote-image');
const fetched = vi.mocked(fetchRemoteImage);

const ADDRESS = 'https://pictures.example/a.png?b=1&c=2';
let cookie: string;

async function serve(setting: 'on' | 'off', variables = {}) {
  const services = await openTestServices({ REMOTE_IMAGES: setting, ...variables });
  provideServices(services);
  cookie = await aGuest(services);
  return services;
}

async function aGuest(services: Services) {
  const [secret] = await services.secret.secrets();
  return `${cookieName(secret, false)}=${signGuest(newGuest(Date.now()), secret)}`;
}

beforeEach(async () => {
  fetched.mockReset().mockResolvedValue(parseUpload(aPng()));
  await serve('on');
});

const get = (headers: Record<string, string> = { cookie }, query = new URLSearchParams({ url: ADDRESS })) =>
  GET(new Request(`http://localhost/api/remote-image?${query}`, { headers }));

it('answers with the image, which cannot run anything and only the browser may cache', async () => {
  const response = await get();
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': 'image/png',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  expect(Buffer.from(await response.arrayBuffer()).equals(aPng())).toBe(true);
  expect(fetched.mock.calls).toEqual([[ADDRESS]]);
});

it.each([
  ['a stranger', {}],
  ['a forged guest', { cookie: 'confab_guest=a.b.c.d' }],
])('fetches nothing for %s', async (_, headers) => {
  expect((await get(headers)).status).toBe(404);
  expect(fetched).not.toHaveBeenCalled();
});

it.each(['cross-site', 'same-site', 'none'])('fetches nothing for a %s request', async (site) => {
  expect((await get({ cookie, 'sec-fetch-site': site })).status).toBe(403);
  expect(fetched).not.toHaveBeenCalled();
});

it('fetches for its own page', async () => {
  expect((await get({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

it('fetches nothing unless the setting allows it', async () => {
  await serve('off');
  expect((await get()).status).toBe(404);
  expect(fetched).not.toHaveBeenCalled();
});

it('needs an address', async () => {
  expect((await get({ cookie }, new URLSearchParams())).status).toBe(400);
});

it('runs at most four at once for a guest', async () => {
  const image = parseUpload(aPng());
  const { promise, resolve } = Promise.withResolvers<typeof image>();
  fetched.mockReturnValue(promise);
  const first = Array.from({ length: 4 }, () => get());
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(4));
  const refused = await get();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  resolve(image);
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await get()).status).toBe(200);
});

it('bounds the fetches of a guest in an hour, over all servers on one store, apart from uploads', async () => {
  const limit = { IMAGES_PER_HOUR: '2' };
  const one = await serve('on', limit);
  const own = cookie;
  expect((await get({ cookie: own })).status).toBe(200);
  const other = await openTestServices({ REMOTE_IMAGES: 'on', ...limit }, { store: one.store });
  provideServices(other);
  expect((await get({ cookie: own })).status).toBe(200);
  for (const services of [one, other]) {
    provideServices(services);
    const refused = await get({ cookie: own });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1_790);
  }
  expect((await get({ cookie: await aGuest(one) })).status).toBe(200);
  expect(fetched).toHaveBeenCalledTimes(3);
});

it('allows an address three times as many, however many guests it creates', async () => {
  const services = await serve('on', { IMAGES_PER_HOUR: '2' });
  const from = async (address: string) =>
    (await get({ cookie: await aGuest(services), 'x-forwarded-for': address })).status;
  for (let n = 0; n < 6; n += 1) expect(await from('203.0.113.1')).toBe(200);
  expect(await from('203.0.113.1')).toBe(429);
  expect(await from('203.0.113.2')).toBe(200);
});

it('fetches nothing while the store cannot count', async () => {
  const { store } = await serve('on', { IMAGES_PER_HOUR: '2' });
  vi.spyOn(store, 'takeRates').mockRejectedValue(new ChatError('store_unavailable'));
  expect((await get()).status).toBe(503);
  expect(fetched).not.toHaveBeenCalled();
});
