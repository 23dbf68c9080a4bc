import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownSession } from '../state/context';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const HISTORY = 'GET /api/chat/history';

describe('a turn that is asked for by its link', () => {
  let server: TestServer;
  let page: Page;
  let ids: string[];

  const open = (turnId: string, sessionId = 'long') => page.client.actions.openTurn(sessionId, turnId);
  const loaded = () => page.client.conversations.of('long')?.turnIds;

  beforeEach(async () => {
    server = await startTestServer();
    ids = await server.addSession(
      'long',
      'teacher',
      Array.from({ length: 600 }, (_, n) => `Question ${n}`),
    );
    await server.addSession('other', 'assistant', ['Hello']);
    page = aPage(server);
    await page.client.actions.openSession('assistant', 'other');
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('is shown: its conversation, its assistant, loaded up to it in few steps', async () => {
    expect(await open('long-300')).toEqual({ kind: 'shown' });
    expect([shownSession(page.client), page.client.preferences.getState().activeAssistantId]).toEqual([
      'long',
      'teacher',
    ]);
    expect(loaded()).toEqual(ids.slice(150));
    expect(
      server.received(HISTORY).filter(({ query }) => query.get('sessionId') === 'long').length,
    ).toBeLessThanOrEqual(4);
  });

  it('is shown at once where it is loaded', async () => {
    expect(await open('long-599')).toEqual({ kind: 'shown' });
    expect(loaded()).toEqual(ids.slice(550));
  });

  it('is nowhere for who may not see it, and what is on screen stays', async () => {
    expect(await open('never-there')).toEqual({ kind: 'unknown' });
    expect(shownSession(page.client)).toBe('other');
  });

  it('cannot be looked for while the server does not answer', async () => {
    server.refuse('GET /api/chat/stream', 'store_unavailable');
    expect(await open('long-3')).toEqual({ kind: 'failed', error: { code: 'store_unavailable' } });
  });

  it('is looked for no further when a page on the way cannot be read', async () => {
    await page.client.actions.openSession('teacher', 'long');
    const release = server.hold(HISTORY, 'long');
    const opening = open('long-3');
    await server.whenReceived('GET /api/chat/stream');
    server.refuse(HISTORY, 'store_unavailable');
    release();
    expect(await opening).toEqual({ kind: 'failed', error: { code: 'store_unavailable' } });
    expect(await open('long-3')).toEqual({ kind: 'shown' });
  });
});
