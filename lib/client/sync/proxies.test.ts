import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBrowser, type Browser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const POST = 'POST /api/chat/stream';
const FOLLOW = 'GET /api/chat/stream';
const HISTORY = 'GET /api/chat/history';
const REMOVE = 'DELETE /api/chat/turns/';
const HTML = { 'content-type': 'text/html' };
const page502 = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

describe('a message behind a proxy', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;

  const conversation = () => page.client.conversations.of('s');
  const outbox = () => page.client.preferences.getState().outbox;
  const draft = () => Object.values(page.client.preferences.getState().drafts)[0];
  const turnId = () => conversation()?.activeTurnId ?? '';
  const stored = async () => (await server.path('s')).map(({ user }) => user.content);
  const untilLive = () => page.until(() => turnId() !== '' && conversation()?.turns[turnId()] !== undefined);
  const untilShown = (text: string) => page.until(() => page.replies().at(-1) === text);
  const untilOver = () => page.until(() => conversation()?.activeTurnId === null);
  const untilWaiting = () => page.until(() => outbox()[0]?.state === 'waiting');

  async function open(): Promise<Page> {
    const opened = aPage(server, browser);
    await opened.client.actions.openSession('teacher', 's');
    return opened;
  }
  /** The server saves a reply about once a second, so what was just written may need more than one poll. */
  async function poll(): Promise<void> {
    const before = server.received(HISTORY).length;
    await page.scheduler.whenWaiting(1500);
    page.scheduler.advance(1500);
    await server.whenReceived(HISTORY, before + 1);
  }
  function send(content: string): void {
    page.client.actions.setDraft('teacher', content);
    void page.client.actions.send({ assistantId: 'teacher', content });
  }

  beforeEach(async () => {
    server = await startTestServer();
    browser = aBrowser();
    await server.addSession('s', 'teacher', ['Before']);
    page = await open();
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  describe.each(['answer', 'body'] as const)('that holds the %s back until it is complete', (what) => {
    beforeEach(() => server.holdBack(what));

    /** The page asks the history as soon as the stream has been silent for too long. */
    async function sendUntilLive(): Promise<void> {
      send('Why?');
      await page.scheduler.whenWaiting(6000);
      await server.whenReceived(POST);
      page.scheduler.advance(6000);
      await untilLive();
    }

    it('is acknowledged, and its reply is shown in steps', async () => {
      await sendUntilLive();
      expect([outbox(), draft(), conversation()?.connection]).toEqual([[], undefined, 'delayed']);
      for (const text of ['Because', ' of', ' light']) {
        await server.write(turnId(), text);
        while (!page.replies().at(-1)?.endsWith(text)) await poll();
      }
      expect(page.replies().at(-1)).toBe('Because of light');
      await server.finish(turnId());
      await poll();
      await untilOver();
      expect([conversation()?.connection, server.received(POST).length]).toEqual(['idle', 1]);
    });

    it('is asked for sooner after the first one', async () => {
      await sendUntilLive();
      await server.finish(turnId());
      await poll();
      await untilOver();
      send('And now?');
      await server.whenReceived(POST, 2);
      await poll();
      await untilLive();
      expect(await stored()).toEqual(['Before', 'Why?', 'And now?']);
    });

    it('is shown in steps after a reload', async () => {
      await sendUntilLive();
      const id = turnId();
      page.close();
      page = await open();
      await server.whenReceived(FOLLOW);
      page.scheduler.advance(6000);
      await page.until(() => conversation()?.connection === 'delayed');
      await server.write(id, 'Because');
      await server.finish(id);
      await poll();
      await untilShown('Because');
      await untilOver();
    });

    it('can be stopped', async () => {
      await sendUntilLive();
      const id = turnId();
      await page.client.actions.stop();
      await untilOver();
      expect(conversation()?.turns[id]?.status).toBe('stopped');
    });

    it('streams again once the proxy does', async () => {
      await sendUntilLive();
      await server.finish(turnId());
      await poll();
      await untilOver();
      server.holdBack('nothing');
      send('And now?');
      await untilLive();
      expect(conversation()?.connection).toBe('live');
      await server.write(turnId(), 'At once');
      await untilShown('At once');
    });
  });

  it('that cannot hear the server says so, and sends the message when it can', async () => {
    const release = server.hold(POST);
    send('Why?');
    await server.whenReceived(POST);
    page.scheduler.advance(20_000);
    await untilWaiting();
    expect(outbox()[0]?.error).toEqual({ code: 'network', reason: 'unconfirmed' });
    release();
    await page.scheduler.whenWaiting(1000);
    page.scheduler.advance(1000);
    await untilLive();
    expect([await stored(), outbox()]).toEqual([['Before', 'Why?'], []]);
  });

  it.each([
    ['502', { status: 502, headers: HTML, body: page502 }],
    ['504', { status: 504, headers: HTML, body: page502 }],
    ['an empty 200', { status: 200 }],
    ['a page of its own', { status: 200, headers: HTML, body: '<html>Sign in</html>' }],
  ])(
    'that answers %s although the server has the message is not told that it was lost',
    async (_, answer) => {
      server.intercept(POST, answer, { reaches: true });
      send('Why?');
      await untilLive();
      await server.finish(turnId());
      page.scheduler.advance(1500);
      await untilOver();
      expect([outbox(), await stored(), server.received(POST).length]).toEqual([[], ['Before', 'Why?'], 1]);
    },
  );

  it.each([
    [
      '502 as HTML',
      { status: 502, headers: HTML, body: page502 },
      { code: 'network', reason: 'unconfirmed' },
    ],
    [
      '503 as HTML',
      { status: 503, headers: HTML, body: page502 },
      { code: 'network', reason: 'unconfirmed' },
    ],
    ['429 as HTML', { status: 429, headers: HTML }, { code: 'rate_limited', reason: 'address' }],
    [
      '429 with a date',
      { status: 429, headers: { ...HTML, 'retry-after': new Date(1_000_000 + 7000).toUTCString() } },
      { code: 'rate_limited', reason: 'address', retryAfterMs: 7000 },
    ],
    ['403 as HTML', { status: 403, headers: HTML }, { code: 'network', reason: 'intercepted' }],
    ['404 as HTML', { status: 404, headers: HTML }, { code: 'network', reason: 'intercepted' }],
    [
      'a sign-in page',
      { status: 200, headers: HTML, body: '<html>Sign in</html>' },
      { code: 'network', reason: 'intercepted' },
    ],
    [
      'a redirect to another site',
      { status: 302, headers: { location: 'http://login.invalid/' } },
      { code: 'network', reason: 'intercepted' },
    ],
    ['an empty 200', { status: 200 }, { code: 'network', reason: 'intercepted' }],
    [
      'JSON of its own',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
      { code: 'network', reason: 'intercepted' },
    ],
  ])('that answers %s waits, and is sent later', async (_, answer, error) => {
    server.intercept(POST, answer);
    send('Why?');
    await untilWaiting();
    expect([outbox()[0]?.error, draft()]).toEqual([error, undefined]);
    const id = outbox()[0]?.turnId ?? '';
    await page.client.actions.retrySend(id);
    await untilLive();
    expect([outbox(), turnId(), await stored()]).toEqual([[], id, ['Before', 'Why?']]);
  });

  it('that removes the type of the stream is read all the same', async () => {
    server.dropContentType();
    send('Why?');
    await untilLive();
    await server.write(turnId(), 'Because');
    await untilShown('Because');
    await server.finish(turnId());
    await untilOver();
    expect(server.received(FOLLOW)).toEqual([]);
  });

  it('that cuts every connection after a minute is followed to its end', async () => {
    send('Why?');
    await untilLive();
    const id = turnId();
    for (const text of ['One', ' two', ' three']) {
      await server.write(id, text);
      await page.until(() => page.replies().at(-1)?.endsWith(text) ?? false);
      server.cut(id);
      await page.scheduler.whenWaiting(300);
      page.scheduler.advance(300);
      await page.until(() => conversation()?.connection === 'live');
    }
    await server.finish(id);
    await untilOver();
    expect([page.replies().at(-1), server.received(POST).length]).toEqual(['One two three', 1]);
  });

  it('that refuses a large image says that it is the proxy', async () => {
    server.intercept('POST /api/images', { status: 413, headers: HTML, body: page502 });
    page.client.actions.attachImages('teacher', [new File(['x'], 'cat.png', { type: 'image/png' })]);
    await page.until(() => page.client.uploads.getState().uploads[0]?.state === 'failed');
    expect(page.client.uploads.getState().uploads[0]?.error).toEqual({
      code: 'too_large',
      reason: 'proxy_size',
    });
  });

  describe('and is discarded', () => {
    /** The server has the message, and the page does not know it: nothing is answered. */
    async function sendUnheard(): Promise<string> {
      server.delay(POST);
      for (let n = 0; n < 12; n += 1) server.drop(HISTORY);
      send('Why?');
      await server.whenReceived(POST);
      page.scheduler.advance(20_000);
      await untilWaiting();
      return outbox()[0]?.turnId ?? '';
    }

    it('is removed from the server, which can undo it', async () => {
      const id = await sendUnheard();
      page.client.actions.discardSend(id);
      expect(outbox()).toEqual([]);
      await page.until(() => page.client.sessions.getState().undoable.length === 1);
      expect(await stored()).toEqual(['Before']);
    });

    it('is removed from the server when it is edited', async () => {
      const id = await sendUnheard();
      page.client.actions.editSend(id);
      expect([outbox(), draft()]).toEqual([[], 'Why?']);
      await page.until(() => page.client.sessions.getState().undoable.length === 1);
      expect(await stored()).toEqual(['Before']);
    });

    it('is removed once the server can be reached again, also after a reload', async () => {
      const id = await sendUnheard();
      server.drop(`${REMOVE}${id}`);
      page.client.actions.discardSend(id);
      await server.whenReceived(`${REMOVE}${id}`);
      expect(page.client.preferences.getState().withdrawn).toEqual({ [id]: 's' });
      page.close();
      page = await open();
      await page.until(() => Object.keys(page.client.preferences.getState().withdrawn).length === 0);
      expect([await stored(), page.client.sessions.getState().undoable.length]).toEqual([['Before'], 1]);
    });

    it('needs nothing of a server that never had it', async () => {
      server.drop(POST);
      send('Why?');
      await untilWaiting();
      const id = outbox()[0]?.turnId ?? '';
      page.client.actions.discardSend(id);
      await server.whenReceived(`${REMOVE}${id}`);
      await page.until(() => Object.keys(page.client.preferences.getState().withdrawn).length === 0);
      expect([await stored(), page.client.sessions.getState().undoable]).toEqual([['Before'], []]);
    });
  });
});
