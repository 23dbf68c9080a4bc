import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownSession } from '../state/context';
import type { Undoable } from '../state/session-store';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

/** How many turns the page asks for at a time. */
const PAGE = 50;

describe('an assistant’s conversations', () => {
  let server: TestServer;
  let page: Page;

  const at = (sessionId: string) => page.client.conversations.of(sessionId);
  const sessions = () => page.client.sessions.getState();
  const undoable = (): Undoable => {
    const [one] = sessions().undoable;
    if (!one) throw new Error('There is nothing to undo.');
    return one;
  };

  beforeEach(async () => {
    server = await startTestServer();
    await server.addSession('old', 'teacher', ['Old question']);
    await server.addSession('new', 'teacher', ['New question']);
    page = aPage(server);
    await page.client.actions.openSession('teacher', 'new');
    await page.client.actions.refreshSessions('teacher');
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('are listed, newest first', () => {
    expect(sessions().lists.teacher).toMatchObject({ phase: 'ready', ids: ['new', 'old'], total: 2 });
  });

  it('stay listed, with the error, if the list cannot be read again', async () => {
    server.refuse('GET /api/chat/sessions', 'store_unavailable');
    await page.client.actions.refreshSessions('teacher');
    expect(sessions().lists.teacher).toMatchObject({
      phase: 'failed',
      error: { code: 'store_unavailable' },
      ids: ['new', 'old'],
    });
  });

  it('are renamed in the list and on screen', async () => {
    expect(await page.client.actions.rename('new', 'Light')).toEqual({ ok: true });
    expect([sessions().byId.new?.title, at('new')?.title]).toEqual(['Light', 'Light']);
  });

  it('keep their title if the rename fails, and the action returns the error', async () => {
    server.refuse('PATCH /api/chat/sessions/new', 'store_unavailable');
    expect(await page.client.actions.rename('new', 'Light')).toEqual({
      ok: false,
      error: { code: 'store_unavailable' },
    });
    expect(sessions().byId.new?.title).toBe('New question');
  });

  it('are cleared, and restored by undo', async () => {
    await page.client.actions.clearConversation('new');
    expect([at('new')?.phase, at('new')?.turnIds]).toEqual(['ready', []]);
    expect(sessions().undoable).toMatchObject([{ kind: 'clear', sessionId: 'new', title: 'New question' }]);
    await page.client.actions.undo(undoable());
    expect([at('new')?.turnIds, sessions().undoable]).toEqual([['new-0'], []]);
  });

  it('are replaced by a new one when deleted, and shown again by undo', async () => {
    await page.client.actions.deleteConversation('new');
    const fresh = shownSession(page.client);
    expect([fresh === 'new', at('new'), sessions().lists.teacher?.ids]).toEqual([false, undefined, ['old']]);
    await page.client.actions.undo(undoable());
    expect([shownSession(page.client), at('new')?.turnIds]).toEqual(['new', ['new-0']]);
    expect(sessions().lists.teacher?.ids).toEqual(['new', 'old']);
  });

  it('are created once, however often a new one is requested', async () => {
    page.client.actions.newConversation('teacher');
    const fresh = shownSession(page.client);
    page.client.actions.newConversation('teacher');
    expect([shownSession(page.client), at('new')?.turnIds]).toEqual([fresh, ['new-0']]);
  });

  it('are read page by page, each page once', async () => {
    const ids = await server.addSession(
      'long',
      'teacher',
      Array.from({ length: PAGE * 2 + 1 }, (_, index) => `Question ${index}`),
    );
    await page.client.actions.openSession('teacher', 'long');
    expect([at('long')?.turnIds, at('long')?.total]).toEqual([ids.slice(-PAGE), PAGE * 2 + 1]);
    await Promise.all([page.client.actions.loadOlder('long'), page.client.actions.loadOlder('long')]);
    await page.client.actions.loadOlder('long');
    await page.client.actions.loadOlder('long');
    expect([at('long')?.turnIds, at('long')?.nextBefore]).toEqual([ids, null]);
    expect(server.received('GET /api/chat/history').filter(({ query }) => query.has('before'))).toHaveLength(
      2,
    );
  });

  it('are read to their start by a listener that requests the next page', async () => {
    const ids = await server.addSession(
      'long',
      'teacher',
      Array.from({ length: 700 }, (_, index) => `Question ${index}`),
    );
    await page.client.actions.openSession('teacher', 'long');
    const { loadOlder } = page.client.actions;
    const loadNext = () => at('long')?.older === 'idle' && void loadOlder('long', 'large');
    const stop = page.client.conversations.subscribe(loadNext);
    loadNext();
    await page.until(() => at('long')?.nextBefore === null);
    stop();
    expect(at('long')?.turnIds).toEqual(ids);
    expect(server.received('GET /api/chat/history').filter(({ query }) => query.has('before'))).toHaveLength(
      4,
    );
  });
});
