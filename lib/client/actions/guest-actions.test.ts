import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '@/lib/chat/device';
import { shownSession } from '../state/context';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';
import { createGuestActions } from './guest-actions';

describe('a page whose server no longer knows it', () => {
  let server: TestServer;
  let page: Page;

  const preferences = () => page.client.preferences.getState();
  const refusal = () => page.client.sessions.getState().refusal;
  const draft = () => Object.values(preferences().drafts)[0];

  beforeEach(async () => {
    server = await startTestServer();
    page = aPage(server);
    await page.until(() => page.client.conversations.of(shownSession(page.client) ?? '')?.phase === 'ready');
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it.each(['access_code', 'signed_out'])(
    'says so (%s), keeps the draft, and stops saying so',
    async (reason) => {
      page.client.actions.setDraft('assistant', 'half a thought');
      server.refuse('GET /api/chat/sessions', 'unauthorized', { reason });
      page.resume();
      await page.until(() => refusal() !== null);
      expect(refusal()).toEqual({ code: 'unauthorized', reason });
      expect(draft()).toBe('half a thought');
      page.resume();
      await page.until(() => refusal() === null);
      expect(draft()).toBe('half a thought');
    },
  );

  it('keeps a message that is refused, to be sent again', async () => {
    server.refuse('POST /api/chat/stream', 'unauthorized', { reason: 'access_code' });
    page.client.actions.setDraft('assistant', 'a question');
    void page.client.actions.send({ assistantId: 'assistant', content: 'a question' });
    await page.until(() => preferences().outbox[0]?.state === 'failed');
    expect(preferences().outbox).toMatchObject([{ content: 'a question', error: { reason: 'access_code' } }]);
  });
});

describe('devices and data', () => {
  let server: TestServer;
  let page: Page;
  let devices: Device[];
  const actions = () => createGuestActions(page.client);
  const read = () => actions().readDevices((received) => (devices = received.devices));

  beforeEach(async () => {
    server = await startTestServer();
    page = aPage(server);
    await page.until(() => page.client.conversations.of(shownSession(page.client) ?? '')?.phase === 'ready');
    await server.addSession('s-1', 'assistant', ['one']);
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('reads and names the devices', async () => {
    expect(await read()).toEqual({ ok: true });
    expect(devices).toMatchObject([{ current: true }]);
    expect(await actions().renameDevice(devices[0]?.id ?? '', 'Laptop')).toEqual({ ok: true });
    await read();
    expect(devices).toMatchObject([{ name: 'Laptop' }]);
    expect(await actions().renameDevice('unknown', 'x')).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await actions().signDeviceOut('unknown')).toMatchObject({ ok: false });
  });

  it.each(['signOut', 'deleteEverything'] as const)(
    '%s forgets what this browser kept, but not its look',
    async (how) => {
      page.client.actions.setDraft('assistant', 'half a thought');
      page.client.actions.setTheme('dark');
      expect(await actions()[how]()).toEqual({ ok: true });
      const { drafts, outbox, theme } = page.client.preferences.getState();
      expect({ drafts, outbox, theme }).toEqual({ drafts: {}, outbox: [], theme: 'dark' });
      expect(await read()).toMatchObject({
        ok: false,
        error: { code: 'unauthorized', reason: 'signed_out' },
      });
    },
  );

  it('keeps everything when the server refuses', async () => {
    page.client.actions.setDraft('assistant', 'half a thought');
    server.refuse('DELETE /api/guest/data', 'store_unavailable');
    expect(await actions().deleteEverything()).toMatchObject({ ok: false });
    expect(Object.values(page.client.preferences.getState().drafts)).toEqual(['half a thought']);
  });
});
