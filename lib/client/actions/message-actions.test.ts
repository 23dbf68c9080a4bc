import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendBody } from '@/lib/chat/wire';
import { aPage, type Page } from '../testing/a-page';
import { MODELS, startTestServer, type TestServer } from '../testing/test-server';

const POST = 'POST /api/chat/stream';
const HISTORY = 'GET /api/chat/history';

describe('actions on one message', () => {
  let server: TestServer;
  let page: Page;

  const conversation = () => page.client.conversations.of('talk');
  const sent = (): Partial<SendBody> => server.received(POST).at(-1)?.body ?? {};
  const draft = () => page.client.preferences.getState().drafts.talk;

  beforeEach(async () => {
    server = await startTestServer();
    await server.addSession('talk', 'teacher', ['First', 'Second', 'Third']);
    page = aPage(server);
    await page.client.actions.openSession('teacher', 'talk');
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('a continued reply stays on screen and is the start of the new version', async () => {
    await server.begin({ sessionId: 'talk', assistantId: 'teacher', turnId: 'cut', content: 'Fourth' });
    await server.write('cut', 'Half of ');
    await server.finish('cut', 'stopped');
    await page.client.actions.reload('talk');

    const release = server.hold(POST);
    await page.client.actions.continueReply('cut');
    await server.whenReceived(POST);
    expect(page.replies().at(-1)).toBe('Half of ');
    release();
    await page.until(() => conversation()?.turnIds.at(-1) !== 'cut');
    const turnId = conversation()?.turnIds.at(-1) ?? '';
    await server.write(turnId, 'the answer');
    await page.until(() => page.replies().at(-1) === 'Half of the answer');
    expect(sent()).toMatchObject({ content: 'Fourth', parentId: 'talk-2', continueFrom: 'cut' });
    expect(conversation()?.versions[turnId]).toEqual(['cut', turnId]);
  });

  it('regenerating with another model does not change the assistant’s model', async () => {
    const [usual, other] = MODELS;
    await page.until(() => page.client.catalog.getState().models.phase === 'ready');
    page.client.actions.chooseModel('teacher', usual);
    await page.client.actions.retryTurn('talk-2', other);
    await server.whenReceived(POST);
    expect(sent()).toMatchObject({ content: 'Third', parentId: 'talk-1', model: other });
    expect(page.client.preferences.getState().models).toEqual({ teacher: usual });
  });

  it('deleting a message keeps those after it, and undo puts it back in its place', async () => {
    expect(await page.client.actions.removeTurn('talk', 'talk-1')).toEqual({ ok: true });
    expect([conversation()?.turnIds, conversation()?.total]).toEqual([['talk-0', 'talk-2'], 2]);
    const [what] = page.client.sessions.getState().undoable;
    expect(what).toMatchObject({ kind: 'turn', turnId: 'talk-1', sessionId: 'talk' });
    if (what) await page.client.actions.undo(what);
    expect(conversation()?.turnIds).toEqual(['talk-0', 'talk-1', 'talk-2']);
    expect(page.client.sessions.getState().undoable).toEqual([]);
  });

  it('two deleted messages can be restored one by one', async () => {
    await page.client.actions.removeTurn('talk', 'talk-1');
    await page.client.actions.removeTurn('talk', 'talk-2');
    const [first, second] = page.client.sessions.getState().undoable;
    if (second) await page.client.actions.undo(second);
    expect(conversation()?.turnIds).toEqual(['talk-0', 'talk-2']);
    if (first) await page.client.actions.undo(first);
    expect(conversation()?.turnIds).toEqual(['talk-0', 'talk-1', 'talk-2']);
  });

  it('a failed delete changes nothing and returns the error', async () => {
    server.refuse('DELETE /api/chat/turns/talk-1', 'store_unavailable');
    expect(await page.client.actions.removeTurn('talk', 'talk-1')).toEqual({
      ok: false,
      error: { code: 'store_unavailable' },
    });
    expect([conversation()?.turnIds.length, page.client.sessions.getState().undoable]).toEqual([3, []]);
  });

  it('deleting the message that is edited ends the edit', async () => {
    page.client.actions.startEdit('talk-1');
    await page.client.actions.removeTurn('talk', 'talk-1');
    expect(page.client.preferences.getState().editing).toEqual({});
  });

  it('a version after a deleted message replaces the other version without reading the history', async () => {
    await page.client.actions.removeTurn('talk', 'talk-1');
    const reads = server.received(HISTORY).length;
    await page.client.actions.retryTurn('talk-2');
    await page.until(() => conversation()?.activeTurnId !== null);
    expect(conversation()?.turnIds).toEqual(['talk-0', conversation()?.activeTurnId]);
    expect(server.received(HISTORY)).toHaveLength(reads);
  });

  it('a quote is added after the text in the composer', () => {
    page.client.actions.setDraft('teacher', 'As to this:');
    page.client.actions.quote('First\nwords');
    expect(draft()).toBe('As to this:\n\n> First\n> words\n\n');
  });
});
