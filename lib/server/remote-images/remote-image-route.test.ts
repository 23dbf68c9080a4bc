import { beforeEach, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/remote-image/route';
import { cookieName, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import { parseUpload } from '@/lib/server/images/parse-upload';
import { aPng } from '@/lib/server/images/testing/sample-images';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { provideServices } from '@/lib/server/testing/provide-services';
import { fetchRemoteImage } from './fetch-remote-image';

vi.mock('./fetch-remote-image');
const fetched = vi.mocked(fetchRemoteImage);

const ADDRESS = 'https://pictures.example/a.png?b=1&c=2';
let cookie: string;

async function serve(setting: 'on' | 'off') {
  const services = await openTestServices({ REMOTE_IMAGES: setting });
  provideServices(services);
  const [secret] = await services.secret.secrets();
  cookie = `${cookieName(secret, false)}=${signGuest(newGuest(Date.now()), secret)}`;
}

beforeEach(async () => {
  fetched.mockReset().mockResolvedValue(parseUpload(aPng()));
  await serve('on');
});

const get = (headers: Record<string, string> = { cookie }, query = new URLSearchParams({ url: ADDRESS })) =>
  GET(new Request(`http://localhost/api/remote-image?${query}`, { headers }));

it('answers with the image, which can do nothing and is kept by the browser alone', async () => {
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

it.each(['cross-site', 'same-site', 'none'])('fetches nothing for a request that is %s', async (site) => {
  expect((await get({ cookie, 'sec-fetch-site': site })).status).toBe(403);
  expect(fetched).not.toHaveBeenCalled();
});

it('fetches for its own page', async () => {
  expect((await get({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

it('fetches nothing unless it is set to', async () => {
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
