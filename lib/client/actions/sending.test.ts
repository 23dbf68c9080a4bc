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
  const ready = () => page.until(() => conversation()?.phase === 'ready');
  async function type(content: string): Promise<void> {
    await ready();
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

  it('is shown at once, and leaves the composer only when the server has it', async () => {
    const letGo = server.hold(POST);
    await type('Hello');
    await server.whenReceived(POST);
    expect([draft(), outbox().map(({ content, state }) => [content, state])]).toEqual([
      'Hello',
      [['Hello', 'sending']],
    ]);
    letGo();
    await page.until(() => outbox().length === 0);
    expect([draft(), conversation()?.turnIds.length]).toEqual([undefined, 1]);
  });

  it('leaves newer words in the composer alone', async () => {
    const letGo = server.hold(POST);
    await type('Hello');
    await server.whenReceived(POST);
    page.client.actions.setDraft('assistant', 'Hello, and');
    letGo();
    await page.until(() => outbox().length === 0);
    expect(draft()).toBe('Hello, and');
  });

  it('is one turn, however often it is sent while it is under way', async () => {
    const letGo = server.hold(POST);
    await type('Hello');
    await server.whenReceived(POST);
    await page.client.actions.send({ assistantId: 'assistant', content: 'Hello' });
    letGo();
    await page.until(() => outbox().length === 0);
    expect(server.received(POST)).toHaveLength(1);
  });

  it('that can never be accepted has failed with its words, and is edited in the composer', async () => {
    server.refuse(POST, 'too_large');
    await type('Far too long');
    await page.until(() => outbox()[0]?.state === 'failed');
    expect([outbox()[0]?.error, draft()]).toEqual([{ code: 'too_large' }, undefined]);

    await page.client.actions.retrySend(outbox()[0]?.turnId ?? '');
    page.client.actions.editSend(outbox()[0]?.turnId ?? '');
    expect([outbox(), draft()]).toEqual([[], 'Far too long']);
    await type('Short');
    await page.until(() => conversation()?.turnIds.length === 1);
    expect(new Set(server.received(POST).map(({ body }) => body.turnId)).size).toBe(2);
    expect((await server.path(shownSession(page.client) ?? '')).map(({ user }) => user.content)).toEqual([
      'Short',
    ]);
  });

  it('that needs the person is sent again with its own turn id', async () => {
    server.refuse(POST, 'model_unavailable');
    await type('Hello');
    await page.until(() => outbox()[0]?.state === 'failed');
    page.resume();
    await page.client.actions.retrySend(outbox()[0]?.turnId ?? '');
    await page.until(() => outbox().length === 0);
    const [first, second, ...more] = server.received(POST).map(({ body }) => body.turnId);
    expect([second, more]).toEqual([first, []]);
  });

  it('is put before newer words when it is edited, so that neither are lost', async () => {
    server.refuse(POST, 'too_large');
    await type('Far too long');
    await page.until(() => outbox()[0]?.state === 'failed');
    page.client.actions.setDraft('assistant', 'And another');
    page.client.actions.editSend(outbox()[0]?.turnId ?? '');
    expect(draft()).toBe('Far too long\n\nAnd another');
  });

  it('that had arrived although the page was left before it knew is acknowledged by the history', async () => {
    const letGo = server.hold(POST);
    await type('Hello');
    await server.whenReceived(POST);
    const left = page.browser.entries();
    letGo();
    await page.until(() => outbox().length === 0);
    page.close();
    page = aPage(server, aBrowser(left));
    expect(outbox().map(({ state }) => state)).toEqual(['waiting']);
    await page.until(() => outbox().length === 0);
    expect([draft(), server.received(POST).length]).toEqual([undefined, 1]);
  });

  it('refused because another reply is under way stays in the composer, while that reply is followed', async () => {
    await ready();
    const sessionId = shownSession(page.client) ?? '';
    await server.begin({
      sessionId,
      assistantId: 'assistant',
      turnId: 'elsewhere',
      content: 'From another tab',
    });
    await type('Hello');
    await page.until(
      () => conversation()?.activeTurnId === 'elsewhere' && conversation()?.connection === 'live',
    );
    server.write('elsewhere', 'Still here');
    await server.finish('elsewhere');
    await page.until(() => conversation()?.activeTurnId === null);
    expect([page.replies(), draft(), outbox()]).toEqual([['Still here'], 'Hello', []]);
  });

  it('goes out whole although the person switches away before it was acknowledged', async () => {
    const letGo = server.hold(POST);
    await type('Hello');
    await server.whenReceived(POST);
    const sessionId = shownSession(page.client) ?? '';
    void page.client.actions.openAssistant('teacher');
    letGo();
    await page.until(() => outbox().length === 0);
    expect(page.client.conversations.of(sessionId)?.turnIds).toHaveLength(1);
    expect(page.client.sessions.getState().byId[sessionId]?.headStatus).toBe('streaming');
    expect(page.client.conversations.of(sessionId)?.connection).toBe('idle');
  });

  it('after what another tab sent meanwhile shows that too, in its place', async () => {
    await server.addSession('past', 'teacher', ['One']);
    await page.client.actions.openSession('teacher', 'past');
    await server.begin({ sessionId: 'past', assistantId: 'teacher', turnId: 'between', content: 'Two' });
    await server.finish('between');
    await page.client.actions.send({ assistantId: 'teacher', content: 'Three' });
    await page.until(() => conversation()?.turnIds.length === 3);
    expect(conversation()?.turnIds[1]).toBe('between');
  });

  it('asked again for another reply hangs beside the first one', async () => {
    const [first, second] = await server.addSession('past', 'teacher', ['One', 'Two']);
    await page.client.actions.openSession('teacher', 'past');
    await page.client.actions.retryTurn(second ?? '');
    await page.until(() => conversation()?.activeTurnId !== null);
    expect(server.received(POST)[0]?.body).toMatchObject({ content: 'Two', parentId: first });
    const again = server.received(POST)[0]?.body.turnId;
    expect(conversation()?.turnIds).toEqual([first, again]);
    expect(conversation()?.versions[again ?? '']).toEqual([second, again]);
  });

  it('that is stopped shows exactly the text that was kept', async () => {
    await type('Hello');
    await page.until(() => conversation()?.activeTurnId !== null);
    server.write(conversation()?.activeTurnId ?? '', 'As far as');
    expect(await page.client.actions.stop()).toEqual({ ok: true });
    await page.until(() => conversation()?.connection === 'idle');
    expect([page.replies(), conversation()?.activeTurnId]).toEqual([['As far as'], null]);
  });
});
