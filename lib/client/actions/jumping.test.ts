import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownSession } from '../state/context';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';
import { createOpenTurn } from './open-turn';

const HISTORY = 'GET /api/chat/history';

describe('a turn that is opened by its link', () => {
  let server: TestServer;
  let page: Page;
  let ids: string[];

  const openTurn = (turnId: string, sessionId = 'long') => createOpenTurn(page.client)(sessionId, turnId);
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

  it('is shown in its conversation, which is loaded up to it in few requests', async () => {
    expect(await openTurn('long-300')).toEqual({ kind: 'shown' });
    expect([shownSession(page.client), page.client.preferences.getState().activeAssistantId]).toEqual([
      'long',
      'teacher',
    ]);
    expect(loaded()).toEqual(ids.slice(150));
    expect(
      server.received(HISTORY).filter(({ query }) => query.get('sessionId') === 'long').length,
    ).toBeLessThanOrEqual(4);
  });

  it('is shown at once if it is loaded', async () => {
    expect(await openTurn('long-599')).toEqual({ kind: 'shown' });
    expect(loaded()).toEqual(ids.slice(550));
  });

  it('is unknown if it does not exist, and the conversation on screen stays', async () => {
    expect(await openTurn('never-there')).toEqual({ kind: 'unknown' });
    expect(shownSession(page.client)).toBe('other');
  });

  it('cannot be opened while the server returns an error', async () => {
    server.refuse('GET /api/chat/stream', 'store_unavailable');
    expect(await openTurn('long-3')).toEqual({ kind: 'failed', error: { code: 'store_unavailable' } });
  });

  it('cannot be opened if a history page on the way to it cannot be read', async () => {
    await page.client.actions.openSession('teacher', 'long');
    const release = server.hold(HISTORY, 'long');
    const opening = openTurn('long-3');
    await server.whenReceived('GET /api/chat/stream');
    server.refuse(HISTORY, 'store_unavailable');
    release();
    expect(await opening).toEqual({ kind: 'failed', error: { code: 'store_unavailable' } });
    expect(await openTurn('long-3')).toEqual({ kind: 'shown' });
  });
});
