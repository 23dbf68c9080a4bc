import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as history } from '@/app/api/chat/history/route';
import { GET as sessions } from '@/app/api/chat/sessions/route';
import { GET as follow, POST as send } from '@/app/api/chat/stream/route';
import { DELETE as deleteData } from '@/app/api/guest/data/route';
import { PATCH as renameDevice, DELETE as signDeviceOut } from '@/app/api/guest/devices/[id]/route';
import { GET as guest, DELETE as signOut } from '@/app/api/guest/route';
import { POST as upload } from '@/app/api/images/route';
import type { Device } from '@/lib/chat/device';
import { cookieName, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import { pageCookie } from '@/lib/server/identity/page-cookie';
import { aPng } from '@/lib/server/images/testing/sample-images';
import type { Services } from '@/lib/server/services';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { provideTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from '@/lib/server/turns/begin-turn';
import { READER_CHECK_MS } from '@/lib/server/turns/turn-stream';
import { deviceName } from './device-name';

const BASE = 'http://localhost';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let services: Services;
let owner: string;

/** A browser of this owner, signed in now. */
async function aBrowser(of = owner, issuedAt = Date.now()) {
  const device = { ...newGuest(issuedAt), owner: of };
  const [secret] = await services.secret.secrets();
  const cookie = `${cookieName(secret, false)}=${signGuest(device, secret)}`;
  const request = (path: string, init: RequestInit = {}) =>
    new Request(`${BASE}${path}`, { ...init, headers: { cookie, 'user-agent': FIREFOX, ...init.headers } });
  const params = (id: string) => ({ params: Promise.resolve({ id }) });
  return {
    device,
    request,
    devices: async (): Promise<Device[]> => (await (await guest(request('/api/guest'))).json()).devices,
    signOut: () => signOut(request('/api/guest', { method: 'DELETE' })),
    deleteData: () => deleteData(request('/api/guest/data', { method: 'DELETE' })),
    signDeviceOut: (id: string) =>
      signDeviceOut(request(`/api/guest/devices/${id}`, { method: 'DELETE' }), params(id)),
    rename: (id: string, name: unknown) =>
      renameDevice(
        request(`/api/guest/devices/${id}`, { method: 'PATCH', body: JSON.stringify({ name }) }),
        params(id),
      ),
    sessions: () => sessions(request('/api/chat/sessions')),
  };
}

beforeEach(async () => {
  services = await provideTestServices({});
  owner = newGuest(0).owner;
});
afterEach(() => vi.useRealTimers());

const addConversation = async (change: { owner?: string } = {}) => {
  const client = new SessionClient(services.store, { owner, ...change });
  await client.addTurn('a');
  return client;
};

describe('the devices of a guest', () => {
  it('list the browser that asks, even before it has a conversation', async () => {
    const browser = await aBrowser();
    expect(await browser.devices()).toMatchObject([
      { id: browser.device.device, name: 'Firefox, Linux', current: true },
    ]);
    expect(await services.store.devices({ owner, now: Date.now() })).toEqual([]);
    expect((await (await guest(new Request(`${BASE}/api/guest`))).json()).devices).toEqual([]);
  });

  it('list every browser of the guest, this one first, and nobody else’s', async () => {
    await addConversation();
    const [one, two, stranger] = [await aBrowser(), await aBrowser(), await aBrowser('somebody-else')];
    for (const browser of [one, two, stranger]) await browser.sessions();
    expect((await one.devices()).map(({ id, current }) => [id, current])).toEqual([
      [one.device.device, true],
      [two.device.device, false],
    ]);
  });

  it('can be named', async () => {
    await addConversation();
    const [one, two] = [await aBrowser(), await aBrowser()];
    for (const browser of [one, two]) await browser.sessions();
    expect((await one.rename(two.device.device, '  书房 \ud800 ')).status).toBe(204);
    expect((await two.devices())[0]?.name).toBe('书房 \ufffd');
    for (const name of ['', '   ', 'x'.repeat(61), 7, null])
      expect((await one.rename(two.device.device, name)).status).toBe(400);
    expect((await one.rename('unknown', 'x')).status).toBe(404);
    expect((await (await aBrowser('other')).rename(two.device.device, 'x')).status).toBe(404);
  });

  it('are refused by every call as soon as they are signed out', async () => {
    const client = await addConversation();
    const [one, two] = [await aBrowser(), await aBrowser()];
    for (const browser of [one, two]) await browser.sessions();
    expect((await one.signDeviceOut(two.device.device)).status).toBe(204);
    const body = { sessionId: 's-1', assistantId: 'teacher', turnId: 't-1', content: 'hello' };
    const query = `sessionId=${client.sessionId}`;
    const refused = [
      await two.sessions(),
      await history(two.request(`/api/chat/history?${query}`)),
      await send(two.request('/api/chat/stream', { method: 'POST', body: JSON.stringify(body) })),
      await upload(
        two.request('/api/images', { method: 'POST', body: new Uint8Array(aPng({ width: 1, height: 1 })) }),
      ),
      await guest(two.request('/api/guest')),
      await two.deleteData(),
    ];
    for (const response of refused) {
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: 'unauthorized', reason: 'signed_out' } });
      expect(response.headers.get('set-cookie')).toBeNull();
    }
    expect(await services.store.session({ owner, sessionId: 's-1', now: Date.now() })).toBeNull();
    expect((await one.sessions()).status).toBe(200);
    expect((await one.signDeviceOut(two.device.device)).status).toBe(404);
  });

  it('stop reading a reply soon after they are signed out, while others read it to its end', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await addConversation();
    const [one, two] = [await aBrowser(), await aBrowser()];
    for (const browser of [one, two]) await browser.sessions();
    const sessionId = 'live';
    const message = { sessionId, assistantId: 'teacher', turnId: 'live', content: 'hello', images: [] };
    await beginTurn(services, owner, message, 'en');
    const path = `/api/chat/stream?sessionId=${sessionId}&turnId=live`;
    const [read, readOn] = [await follow(two.request(path)), await follow(one.request(path))];
    expect((await one.signDeviceOut(two.device.device)).status).toBe(204);
    vi.advanceTimersByTime(READER_CHECK_MS);
    vi.useRealTimers();
    expect(await read.text()).not.toContain('"type":"end"');
    expect(await readOn.text()).toContain('"type":"end"');
  });

  it('become a new guest if everything was deleted since their cookie was issued, even where it is due for renewal', async () => {
    await addConversation();
    const [old, other] = [await aBrowser(owner, Date.now() - 2 * 86_400_000), await aBrowser()];
    expect((await other.deleteData()).status).toBe(204);
    const fresh = await pageCookie(old.request('/'));
    expect(fresh).toContain('confab_guest_');
    expect(fresh).not.toContain(owner);
    const message = { sessionId: 's', assistantId: 'teacher', turnId: 't', content: 'hello' };
    const refused = await send(
      old.request('/api/chat/stream', { method: 'POST', body: JSON.stringify(message) }),
    );
    expect(refused.status).toBe(401);
  });

  it('become a new guest when they visit the page after a sign-out', async () => {
    await addConversation();
    const browser = await aBrowser();
    await browser.sessions();
    expect(await pageCookie(browser.request('/'))).toBeNull();
    const response = await browser.signOut();
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^\S*confab_guest\S*=; Path=\/; Max-Age=0; /),
    ]);
    const fresh = await pageCookie(browser.request('/'));
    expect(fresh).toContain('confab_guest_');
    expect(fresh).not.toContain(owner);
  });

  it('can sign out without ever having had a conversation', async () => {
    const browser = await aBrowser();
    expect((await browser.signOut()).status).toBe(204);
    expect((await signOut(new Request(`${BASE}/api/guest`, { method: 'DELETE' }))).status).toBe(204);
  });
});

describe('deleting everything of a guest', () => {
  it('stops replies, deletes all data and signs every device out', async () => {
    const client = await addConversation();
    const live = new SessionClient(services.store, { owner });
    await live.begin('live');
    const other = await addConversation({ owner: 'somebody-else' });
    const [one, two] = [await aBrowser(), await aBrowser()];
    for (const browser of [one, two]) await browser.sessions();
    const response = await one.deleteData();
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    expect(await client.session()).toBeNull();
    expect(await live.session()).toBeNull();
    expect(await other.session()).not.toBeNull();
    for (const browser of [one, two]) expect((await browser.sessions()).status).toBe(401);
  });

  it('needs a guest', async () => {
    expect((await deleteData(new Request(`${BASE}/api/guest/data`, { method: 'DELETE' }))).status).toBe(404);
  });
});

describe('the name of a device', () => {
  it.each([
    [FIREFOX, 'Firefox, Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
      'Chrome, Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'Safari, macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0 Mobile/15E148 Safari/604.1',
      'Chrome, iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet, Android',
    ],
    ['curl/8.5.0', ''],
    ['<script>alert(1)</script>', ''],
    [`${'Version/ '.repeat(100)}${FIREFOX}`, ''],
    [null, ''],
  ])('%s is %j', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
  });
});
