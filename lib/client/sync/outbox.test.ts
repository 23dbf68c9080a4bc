import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownSession } from '../state/context';
import { aBrowser, type Browser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const POST = 'POST /api/chat/stream';

describe('a message that cannot be sent', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;

  const outboxOf = ({ client }: Page) => client.preferences.getState().outbox;
  const outbox = () => outboxOf(page);
  const states = () => outbox().map(({ content, state, error }) => [content, state, error?.code]);
  const draft = () => Object.values(page.client.preferences.getState().drafts)[0];
  const shown = () => shownSession(page.client) ?? '';
  const conversation = () => page.client.conversations.of(shown());
  const stored = async () => (await server.path(shown())).map(({ user }) => user.content);
  const sent = () => server.received(POST).map(({ body }) => body.content);
  const untilWaiting = (count = 1) =>
    page.until(() => outbox().filter(({ state }) => state === 'waiting').length === count);
  const untilSent = (of = page) => of.until(() => outboxOf(of).length === 0);

  const open = async () => {
    const opened = aPage(server, browser);
    await opened.until(
      () => opened.client.conversations.of(shownSession(opened.client) ?? '')?.phase === 'ready',
    );
    return opened;
  };
  function send(content: string): void {
    page.client.actions.setDraft('assistant', content);
    void page.client.actions.send({ assistantId: 'assistant', content });
  }
  /** The next sends never reach the server. */
  function unreachable(times: number): void {
    for (let n = 0; n < times; n += 1) server.drop(POST);
  }
  const finishLive = async () => server.finish((await server.path(shown())).at(-1)?.id ?? '');

  beforeEach(async () => {
    server = await startTestServer();
    browser = aBrowser();
    page = await open();
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('leaves the composer, waits on the page, and is sent later with its own turn id', async () => {
    unreachable(1);
    send('Hello');
    await untilWaiting();
    expect([states(), draft()]).toEqual([[['Hello', 'waiting', 'network']], undefined]);
    await page.scheduler.whenWaiting(1000);
    page.scheduler.advance(1000);
    await untilSent();
    const [first, second] = server.received(POST).map(({ body }) => body.turnId);
    expect([await stored(), second]).toEqual([['Hello'], first]);
  });

  it.each(['store_unavailable', 'shutting_down', 'paused', 'internal', 'rate_limited'] as const)(
    'is sent once %s is over',
    async (code) => {
      server.refuse(POST, code);
      send('Hello');
      await untilWaiting();
      page.resume();
      await untilSent();
      expect([await stored(), sent()]).toEqual([['Hello'], ['Hello', 'Hello']]);
    },
  );

  it('to a conversation that this instance of the server lacks begins no other one, and waits for one that has it', async () => {
    send('Hello');
    await page.until(() => conversation()?.turnIds.length === 1);
    await finishLive();
    await page.until(() => conversation()?.activeTurnId === null);
    server.useInstance('other');
    send('More');
    await untilWaiting();
    expect(outbox()[0]?.error).toMatchObject({ code: 'store_unavailable', reason: 'gone' });
    expect(conversation()?.turnIds).toHaveLength(1);
    expect(conversation()?.versions).toEqual({});
    server.useInstance('own');
    page.resume();
    await untilSent();
    expect(await stored()).toEqual(['Hello', 'More']);
  });

  it('because a limit of the day is used up is sent when the server said, and not before', async () => {
    const hours = 5 * 3_600_000;
    server.refuse(POST, 'quota_exceeded', { reason: 'tokens', retryAfterMs: hours });
    send('Hello');
    await untilWaiting();
    expect([states(), draft()]).toEqual([[['Hello', 'waiting', 'quota_exceeded']], undefined]);
    await page.scheduler.whenWaiting(hours);
    page.resume();
    page.scheduler.advance(hours - 1);
    expect(sent()).toHaveLength(1);
    page.scheduler.advance(1);
    await untilSent();
    expect([await stored(), sent()]).toEqual([['Hello'], ['Hello', 'Hello']]);
  });

  it('because storage is full fails and stays, until somebody has made room and tries again', async () => {
    server.refuse(POST, 'quota_exceeded', { reason: 'storage' });
    send('Hello');
    await page.until(() => outbox()[0]?.state === 'failed');
    page.scheduler.advance(24 * 3_600_000);
    page.resume();
    expect(sent()).toHaveLength(1);
    expect(outbox()).toMatchObject([{ state: 'failed', error: { reason: 'storage' } }]);
    page.client.actions.retrySend(outbox()[0]?.turnId ?? '');
    await untilSent();
    expect(await stored()).toEqual(['Hello']);
  });

  it('is tried again with a growing back-off', async () => {
    unreachable(7);
    send('Hello');
    for (const wait of [1000, 2000, 4000, 8000, 15_000, 25_000, 25_000]) {
      await untilWaiting();
      await page.scheduler.whenWaiting(wait);
      const before = sent().length;
      page.scheduler.advance(wait);
      await server.whenReceived(POST, before + 1);
    }
    await untilSent();
    expect(await stored()).toEqual(['Hello']);
  });

  it('is not sent before the time that the server named, unless the user retries', async () => {
    server.refuse(POST, 'rate_limited', { retryAfterMs: 7000 });
    send('Hello');
    await page.scheduler.whenWaiting(7000);
    page.resume();
    page.online();
    expect(page.scheduler.waits()).toContain(7000);
    await page.client.actions.retrySend(outbox()[0]?.turnId ?? '');
    await untilSent();
    expect(sent()).toHaveLength(2);
  });

  it('is sent when the network returns, even if the page is hidden', async () => {
    unreachable(1);
    send('Hello');
    await untilWaiting();
    page.visibility.isVisible = false;
    page.online();
    await untilSent();
    expect(await stored()).toEqual(['Hello']);
  });

  it('is sent when the server is healthy again', async () => {
    server.refuse(POST, 'store_unavailable');
    await page.until(() => page.client.catalog.getState().health.phase === 'ready');
    server.drop('GET /api/health');
    await page.client.actions.refreshHealth();
    send('Hello');
    await untilWaiting();
    await page.client.actions.refreshHealth();
    await untilSent();
    expect(await stored()).toEqual(['Hello']);
  });

  it('is followed by later messages in order, each after the reply to the one before', async () => {
    unreachable(1);
    send('One');
    await untilWaiting();
    send('Two');
    await untilWaiting(2);
    send('Three');
    await untilWaiting(3);
    expect([draft(), sent()]).toEqual([undefined, ['One']]);
    for (const count of [1, 2, 3]) {
      page.resume();
      await page.until(() => conversation()?.activeTurnId !== null);
      expect([await stored(), outbox()].map(({ length }) => length)).toEqual([count, 3 - count]);
      await finishLive();
      if (count < 3) await page.until(() => outbox().length === 2 - count);
    }
    expect([await stored(), sent()]).toEqual([
      ['One', 'Two', 'Three'],
      ['One', 'One', 'Two', 'Three'],
    ]);
  });

  it('does not hold up the messages of other conversations', async () => {
    unreachable(1);
    send('Waits');
    await untilWaiting();
    await page.client.actions.openAssistant('teacher');
    await page.client.actions.send({ assistantId: 'teacher', content: 'Goes' });
    await page.until(() => conversation()?.turnIds.length === 1);
    expect([await stored(), states()]).toEqual([['Goes'], [['Waits', 'waiting', 'network']]]);
  });

  it('is sent even if its conversation is not on screen', async () => {
    unreachable(1);
    send('Hello');
    await untilWaiting();
    const sessionId = shown();
    await page.client.actions.openAssistant('teacher');
    page.online();
    await untilSent();
    expect((await server.path(sessionId)).map(({ user }) => user.content)).toEqual(['Hello']);
  });

  it('is added after the newest turn at the time it is sent', async () => {
    unreachable(1);
    send('Hello');
    await untilWaiting();
    await server.begin({ sessionId: shown(), assistantId: 'assistant', turnId: 'other', content: 'Earlier' });
    await server.finish('other');
    page.online();
    await untilSent();
    expect(await stored()).toEqual(['Earlier', 'Hello']);
    await page.until(() => conversation()?.turnIds.length === 2);
  });

  it('waits for a reply that another browser started', async () => {
    unreachable(1);
    send('Hello');
    await untilWaiting();
    await server.begin({ sessionId: shown(), assistantId: 'assistant', turnId: 'other', content: 'Before' });
    page.online();
    await page.until(() => conversation()?.activeTurnId === 'other');
    expect(states()).toEqual([['Hello', 'waiting', 'turn_in_progress']]);
    await server.finish('other');
    await untilSent();
    expect([await stored(), sent()]).toEqual([
      ['Before', 'Hello'],
      ['Hello', 'Hello', 'Hello'],
    ]);
  });

  it('survives a reload and is sent once', async () => {
    unreachable(1);
    send('Hello');
    await untilWaiting();
    const { turnId } = outbox()[0] ?? {};
    page.close();
    page = await open();
    await untilSent();
    expect([(await server.path(shown())).map(({ id }) => id), sent()]).toEqual([
      [turnId],
      ['Hello', 'Hello'],
    ]);
  });

  it('is the same turn if it is sent again while it waits', async () => {
    unreachable(1);
    send('Hello');
    await untilWaiting();
    send('Hello');
    await untilSent();
    expect([await stored(), new Set(server.received(POST).map(({ body }) => body.turnId)).size]).toEqual([
      ['Hello'],
      1,
    ]);
  });

  it('can be discarded, or returned to the composer', async () => {
    unreachable(1);
    send('One');
    await untilWaiting();
    send('Two');
    await untilWaiting(2);
    const [one, two] = outbox();
    page.client.actions.discardSend(one?.turnId ?? '');
    page.client.actions.editSend(two?.turnId ?? '');
    expect([outbox(), draft()]).toEqual([[], 'Two']);
    page.online();
    page.scheduler.advance(60_000);
    expect(sent()).toEqual(['One']);
  });

  it('is sent by one browser tab only', async () => {
    const other = await open();
    unreachable(1);
    send('Hello');
    await untilWaiting();
    await other.until(() => outboxOf(other).length === 1);
    page.online();
    other.online();
    await Promise.all([untilSent(), untilSent(other)]);
    expect([await stored(), sent()]).toEqual([['Hello'], ['Hello', 'Hello']]);
    other.close();
  });

  it('is stored once even without locks', async () => {
    browser = aBrowser({}, { hasLocks: false });
    page.close();
    page = await open();
    const other = await open();
    unreachable(1);
    send('Hello');
    await untilWaiting();
    await other.until(() => outboxOf(other).length === 1);
    page.online();
    other.online();
    await Promise.all([untilSent(), untilSent(other)]);
    expect(await stored()).toEqual(['Hello']);
    other.close();
  });

  it('is sent by another browser tab if its own was closed', async () => {
    const other = await open();
    unreachable(1);
    send('Hello');
    await untilWaiting();
    await other.until(() => outboxOf(other).length === 1);
    await page.scheduler.whenWaiting(1000);
    page.close();
    await other.scheduler.whenWaiting(5000);
    other.scheduler.advance(5000);
    await untilSent(other);
    expect(await stored()).toEqual(['Hello']);
    other.close();
  });

  it('is not lost if another browser tab writes older preferences', async () => {
    const other = await open();
    unreachable(1);
    send('Hello');
    other.client.actions.setDraft('teacher', 'typed in another tab');
    await untilWaiting();
    other.client.actions.setTheme('dark');
    page.close();
    other.close();
    page = aPage(server, browser);
    expect(outbox().map(({ content }) => content)).toEqual(['Hello']);
    await untilSent();
  });
});
