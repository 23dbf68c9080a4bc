import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assistantStates } from '../state/assistant-states';
import { shownSession } from '../state/context';
import { aBrowser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const HISTORY = 'GET /api/chat/history';
const SESSIONS = 'GET /api/chat/sessions';

describe('switching between assistants', () => {
  let server: TestServer;
  let page: Page;

  const at = (sessionId: string) => page.client.conversations.of(sessionId);
  const messages = (sessionId: string) => {
    const conversation = at(sessionId);
    return conversation?.turnIds.map((id) => conversation.turns[id]?.user.content);
  };
  const open = (assistantId: string) => page.client.actions.openAssistant(assistantId);
  const states = () => {
    const { sessions, preferences } = page.client;
    const shown = shownSession(page.client);
    const activeTurnId = (shown && at(shown)?.activeTurnId) ?? null;
    return assistantStates(
      { sessions: sessions.getState().byId, shown: shown ? { sessionId: shown, activeTurnId } : null },
      preferences.getState(),
    );
  };

  beforeEach(async () => {
    server = await startTestServer();
    await server.addSession('s-teacher', 'teacher', ['To the teacher']);
    await server.addSession('s-programmer', 'programmer', ['To the programmer']);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    page.close();
    await server.close();
  });

  it('shows the newest conversation of an assistant that the browser has no session of', async () => {
    page = aPage(server);
    await open('teacher');
    expect([shownSession(page.client), messages('s-teacher')]).toEqual(['s-teacher', ['To the teacher']]);
  });

  it('never shows a late history under another assistant', async () => {
    page = aPage(server);
    const release = server.hold(HISTORY, 's-teacher');
    const late = open('teacher');
    await server.whenReceived(HISTORY, 1);
    await open('programmer');
    release();
    await late;
    expect([shownSession(page.client), messages('s-programmer'), messages('s-teacher')]).toEqual([
      's-programmer',
      ['To the programmer'],
      ['To the teacher'],
    ]);
  });

  it('reads the history again if a message was sent while the answer was on its way', async () => {
    page = aPage(server);
    await open('teacher');
    const release = server.delay(HISTORY, 's-teacher');
    const reload = page.client.actions.reload('s-teacher');
    await server.whenReceived(HISTORY, 2);
    void page.client.actions.send({ assistantId: 'teacher', content: 'And now?' });
    await page.until(() => at('s-teacher')?.turnIds.length === 2);
    release();
    await reload;
    expect(messages('s-teacher')).toEqual(['To the teacher', 'And now?']);
  });

  it('shows what is loaded at once, and keeps it if the refresh fails', async () => {
    page = aPage(server);
    await open('teacher');
    await open('programmer');
    server.refuse(HISTORY, 'store_unavailable');
    const opening = open('teacher');
    expect(messages('s-teacher')).toEqual(['To the teacher']);
    await opening;
    expect([at('s-teacher')?.phase, at('s-teacher')?.error?.code]).toEqual(['ready', 'store_unavailable']);
  });

  it('shows a failed first read as an error, not as an empty conversation, and recovers', async () => {
    page = aPage(server);
    server.refuse(HISTORY, 'store_unavailable');
    await open('teacher');
    expect([at('s-teacher')?.phase, at('s-teacher')?.error?.code]).toEqual(['failed', 'store_unavailable']);
    await open('teacher');
    expect([at('s-teacher')?.phase, messages('s-teacher')]).toEqual(['ready', ['To the teacher']]);
  });

  it('shows the error if the newest conversation cannot be looked up', async () => {
    server.refuse(SESSIONS, 'store_unavailable');
    server.refuse(SESSIONS, 'store_unavailable');
    server.refuse(SESSIONS, 'store_unavailable');
    page = aPage(server);
    await open('teacher');
    expect(page.client.conversations.getState().lookups.teacher).toEqual({
      phase: 'failed',
      error: { code: 'store_unavailable' },
    });
    await open('teacher');
    expect(messages('s-teacher')).toEqual(['To the teacher']);
  });

  it('replaces a stored session id that belongs to another assistant, and never shows it', async () => {
    const stored = { activeAssistantId: 'teacher', sessionIds: { teacher: 's-programmer' } };
    page = aPage(server, aBrowser({ confab: JSON.stringify({ state: stored, version: 1 }) }));
    await page.until(() => shownSession(page.client) === 's-teacher');
    await page.until(() => at('s-teacher')?.phase === 'ready');
    expect([at('s-programmer'), messages('s-teacher')]).toEqual([undefined, ['To the teacher']]);
  });

  it('reads only the reply on screen, and loses nothing of the others', async () => {
    page = aPage(server);
    await open('teacher');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => at('s-teacher')?.connection === 'live' && at('s-teacher')?.activeTurnId !== null);
    const turnId = at('s-teacher')?.activeTurnId ?? '';

    await open('programmer');
    expect(at('s-teacher')?.connection).toBe('idle');
    await server.write(turnId, 'Because of light');
    await open('teacher');
    await page.until(() => page.replies().at(-1) === 'Because of light');
    await server.write(turnId, ' and air');
    await server.finish(turnId);
    await page.until(() => at('s-teacher')?.activeTurnId === null);
    expect([page.replies().at(-1), (await server.path('s-teacher')).length]).toEqual([
      'Because of light and air',
      2,
    ]);
  });

  it('marks an assistant as replying off screen, then as unread until its reply was on screen', async () => {
    page = aPage(server);
    await open('teacher');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => at('s-teacher')?.activeTurnId !== null && states().teacher === 'replying');
    const turnId = at('s-teacher')?.activeTurnId ?? '';
    await open('programmer');
    expect(states().teacher).toBe('replying');

    await server.finish(turnId);
    await page.scheduler.whenWaiting(3000);
    page.scheduler.advance(3000);
    await page.until(() => states().teacher === 'unread');
    await open('teacher');
    await page.until(() => states().teacher === 'idle');
    await open('programmer');
    expect(states().teacher).toBe('idle');
  });

  it('does not mark a reply as unread that was seen to its end, though its session changed later', async () => {
    // The session is updated after its turn has ended; without this often within the same millisecond.
    let now = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => (now += 1));
    page = aPage(server);
    await open('teacher');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => at('s-teacher')?.activeTurnId !== null);
    await server.finish(at('s-teacher')?.activeTurnId ?? '');
    const release = server.hold(SESSIONS);
    await page.until(() => at('s-teacher')?.activeTurnId === null);
    const seen = page.client.sessions.getState().byId['s-teacher']?.updatedAt ?? 0;
    await open('programmer');
    release();
    await page.until(() => (page.client.sessions.getState().byId['s-teacher']?.updatedAt ?? 0) > seen);
    expect(states().teacher).toBe('idle');
  });

  it('keeps a draft for each conversation, also one typed before the conversation was looked up', async () => {
    const release = server.hold(SESSIONS);
    const held = server.hold(SESSIONS);
    page = aPage(server);
    const opening = open('teacher');
    page.client.actions.setDraft('teacher', 'Early words');
    release();
    held();
    await opening;
    expect(page.client.preferences.getState().drafts).toEqual({ 's-teacher': 'Early words' });
    page.client.actions.newConversation('teacher');
    page.client.actions.setDraft('teacher', 'Other words');
    expect(Object.values(page.client.preferences.getState().drafts)).toEqual(['Early words', 'Other words']);
  });

  it('does not poll while the page is hidden', async () => {
    page = aPage(server);
    await open('teacher');
    await page.scheduler.whenWaiting(30_000);
    page.visibility.isVisible = false;
    const before = server.received(SESSIONS).length;
    page.scheduler.advance(120_000);
    page.visibility.isVisible = true;
    page.resume();
    await server.whenReceived(SESSIONS, before + 1);
    expect(server.received(SESSIONS)).toHaveLength(before + 1);
  });

  it('polls at the short interval when a reply starts off screen', async () => {
    page = aPage(server);
    await open('teacher');
    await open('programmer');
    await page.until(() => page.client.sessions.getState().byId['s-teacher'] !== undefined);
    await page.scheduler.whenWaiting(30_000);
    page.client.sessions.setState(({ byId }) => ({
      byId: Object.fromEntries(
        Object.entries(byId).map(([id, one]) => [
          id,
          id === 's-teacher' ? { ...one, activeTurnId: 'new' } : one,
        ]),
      ),
    }));
    await page.scheduler.whenWaiting(3000);
    expect(states().teacher).toBe('replying');
  });

  it('finds a reply that another browser started in the conversation on screen', async () => {
    page = aPage(server);
    await open('teacher');
    await page.scheduler.whenWaiting(30_000);
    await server.begin({
      sessionId: 's-teacher',
      assistantId: 'teacher',
      turnId: 'other-tab',
      content: 'There',
    });
    page.resume();
    await page.until(() => at('s-teacher')?.connection === 'live');
    expect(messages('s-teacher')).toEqual(['To the teacher', 'There']);
  });
});
