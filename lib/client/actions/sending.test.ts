import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownSession } from '../state/context';
import { aBrowser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const POST = 'POST /api/chat/stream';

describe('a message', () => {
  let server: TestServer;
  let page: Page;

  const outbox = () => page.client.preferences.getState().outbox;
  const draft = () => Object.values(page.client.preferences.getState().drafts)[0];
  const conversation = () => page.client.conversations.of(shownSession(page.client) ?? '');
  const untilReady = () => page.until(() => conversation()?.phase === 'ready');
  async function send(content: string): Promise<void> {
    await untilReady();
    page.client.actions.setDraft('assistant', content);
    void page.client.actions.send({ assistantId: 'assistant', content });
  }

  beforeEach(async () => {
    server = await startTestServer();
    page = aPage(server);
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('is in the outbox at once, and leaves the composer once the server has acknowledged it', async () => {
    const release = server.hold(POST);
    await send('Hello');
    await server.whenReceived(POST);
    expect([draft(), outbox().map(({ content, state }) => [content, state])]).toEqual([
      'Hello',
      [['Hello', 'sending']],
    ]);
    release();
    await page.until(() => outbox().length === 0);
    expect([draft(), conversation()?.turnIds.length]).toEqual([undefined, 1]);
  });

  it('is sent with the time zone of the reader', async () => {
    await send('What day is it?');
    await server.whenReceived(POST);
    expect(server.received(POST)[0]?.body.timeZone).toBe(
      new Intl.DateTimeFormat().resolvedOptions().timeZone,
    );
  });

  it('does not clear a composer that holds newer text', async () => {
    const release = server.hold(POST);
    await send('Hello');
    await server.whenReceived(POST);
    page.client.actions.setDraft('assistant', 'Hello, and');
    release();
    await page.until(() => outbox().length === 0);
    expect(draft()).toBe('Hello, and');
  });

  it('is one turn if it is sent again while it is being sent', async () => {
    const release = server.hold(POST);
    await send('Hello');
    await server.whenReceived(POST);
    await page.client.actions.send({ assistantId: 'assistant', content: 'Hello' });
    release();
    await page.until(() => outbox().length === 0);
    expect(server.received(POST)).toHaveLength(1);
  });

  it('has failed if the server would refuse it every time, and can be edited in the composer', async () => {
    server.refuse(POST, 'too_large');
    await send('Far too long');
    await page.until(() => outbox()[0]?.state === 'failed');
    expect([outbox()[0]?.error, draft()]).toEqual([{ code: 'too_large' }, undefined]);

    await page.client.actions.retrySend(outbox()[0]?.turnId ?? '');
    page.client.actions.editSend(outbox()[0]?.turnId ?? '');
    expect([outbox(), draft()]).toEqual([[], 'Far too long']);
    await send('Short');
    await page.until(() => conversation()?.turnIds.length === 1);
    expect(new Set(server.received(POST).map(({ body }) => body.turnId)).size).toBe(2);
    expect((await server.path(shownSession(page.client) ?? '')).map(({ user }) => user.content)).toEqual([
      'Short',
    ]);
  });

  it('is sent again by a person, with its own turn id', async () => {
    server.refuse(POST, 'model_unavailable');
    await send('Hello');
    await page.until(() => outbox()[0]?.state === 'failed');
    page.resume();
    await page.client.actions.retrySend(outbox()[0]?.turnId ?? '');
    await page.until(() => outbox().length === 0);
    const [first, second, ...more] = server.received(POST).map(({ body }) => body.turnId);
    expect([second, more]).toEqual([first, []]);
  });

  it('is put before newer text when it returns to the composer, so that neither is lost', async () => {
    server.refuse(POST, 'too_large');
    await send('Far too long');
    await page.until(() => outbox()[0]?.state === 'failed');
    page.client.actions.setDraft('assistant', 'And another');
    page.client.actions.editSend(outbox()[0]?.turnId ?? '');
    expect(draft()).toBe('Far too long\n\nAnd another');
  });

  it('is acknowledged by the history if the page was closed before the answer arrived', async () => {
    const release = server.hold(POST);
    await send('Hello');
    await server.whenReceived(POST);
    const left = page.browser.entries();
    release();
    await page.until(() => outbox().length === 0);
    page.close();
    page = aPage(server, aBrowser(left));
    expect(outbox().map(({ state }) => state)).toEqual(['waiting']);
    await page.until(() => outbox().length === 0);
    expect([draft(), server.received(POST).length]).toEqual([undefined, 1]);
  });

  it('stays in the composer while another reply is running, which is followed', async () => {
    await untilReady();
    const sessionId = shownSession(page.client) ?? '';
    await server.begin({
      sessionId,
      assistantId: 'assistant',
      turnId: 'other',
      content: 'From another tab',
    });
    await send('Hello');
    await page.until(() => conversation()?.activeTurnId === 'other' && conversation()?.connection === 'live');
    await server.write('other', 'Still here');
    await server.finish('other');
    await page.until(() => conversation()?.activeTurnId === null);
    expect([page.replies(), draft(), outbox()]).toEqual([['Still here'], 'Hello', []]);
  });

  it('is acknowledged even if another assistant is opened while it is being sent', async () => {
    const release = server.hold(POST);
    await send('Hello');
    await server.whenReceived(POST);
    const sessionId = shownSession(page.client) ?? '';
    void page.client.actions.openAssistant('teacher');
    release();
    await page.until(() => outbox().length === 0);
    expect(page.client.conversations.of(sessionId)?.turnIds).toHaveLength(1);
    expect(page.client.sessions.getState().byId[sessionId]?.headStatus).toBe('streaming');
    expect(page.client.conversations.of(sessionId)?.connection).toBe('idle');
  });

  it('is shown after a turn that another browser added meanwhile', async () => {
    await server.addSession('past', 'teacher', ['One']);
    await page.client.actions.openSession('teacher', 'past');
    await server.begin({ sessionId: 'past', assistantId: 'teacher', turnId: 'between', content: 'Two' });
    await server.finish('between');
    await page.client.actions.send({ assistantId: 'teacher', content: 'Three' });
    await page.until(() => conversation()?.turnIds.length === 3);
    expect(conversation()?.turnIds[1]).toBe('between');
  });

  it('is a version of the first turn if its reply is regenerated', async () => {
    const [first, second] = await server.addSession('past', 'teacher', ['One', 'Two']);
    await page.client.actions.openSession('teacher', 'past');
    await page.client.actions.retryTurn(second ?? '');
    await page.until(() => conversation()?.activeTurnId !== null);
    expect(server.received(POST)[0]?.body).toMatchObject({ content: 'Two', parentId: first });
    const again = server.received(POST)[0]?.body.turnId;
    expect(conversation()?.turnIds).toEqual([first, again]);
    expect(conversation()?.versions[again ?? '']).toEqual([second, again]);
  });

  it('shows exactly the stored text after its reply was stopped', async () => {
    await send('Hello');
    await page.until(() => conversation()?.activeTurnId !== null);
    await server.write(conversation()?.activeTurnId ?? '', 'As far as');
    expect(await page.client.actions.stop()).toEqual({ ok: true });
    await page.until(() => conversation()?.connection === 'idle');
    expect([page.replies(), conversation()?.activeTurnId]).toEqual([['As far as'], null]);
  });
});
