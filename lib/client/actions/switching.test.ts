import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assistantStates } from '../state/assistant-states';
import { shownSession } from '../state/context';
import { aBrowser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { type ContractServer, startContractServer } from '../testing/contract-server';

const HISTORY = 'GET /api/chat/history';
const SESSIONS = 'GET /api/chat/sessions';

describe('switching between assistants', () => {
  let server: ContractServer;
  let page: Page;

  const at = (sessionId: string) => page.client.conversations.of(sessionId);
  const words = (sessionId: string) => {
    const known = at(sessionId);
    return known?.turnIds.map((id) => known.turns[id]?.user.content);
  };
  const open = (assistantId: string) => page.client.actions.openAssistant(assistantId);
  const tabs = () => {
    const { sessions, preferences } = page.client;
    const shown = shownSession(page.client);
    const activeTurnId = (shown && at(shown)?.activeTurnId) ?? null;
    return assistantStates(
      { sessions: sessions.getState().byId, shown: shown ? { sessionId: shown, activeTurnId } : null },
      preferences.getState(),
    );
  };
  const comes = (seconds: number) => {
    page.scheduler.advance(seconds * 1000);
  };

  beforeEach(async () => {
    server = await startContractServer();
    server.given('s-teacher', 'teacher', ['To the teacher']);
    server.given('s-programmer', 'programmer', ['To the programmer']);
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('takes up the newest conversation of an assistant of which the browser knows none', async () => {
    page = aPage(server);
    await open('teacher');
    expect([shownSession(page.client), words('s-teacher')]).toEqual(['s-teacher', ['To the teacher']]);
  });

  it('never paints a late history under another assistant', async () => {
    page = aPage(server);
    const letGo = server.hold(HISTORY, 's-teacher');
    const late = open('teacher');
    await server.whenSeen(HISTORY, 1);
    await open('programmer');
    letGo();
    await late;
    expect([shownSession(page.client), words('s-programmer'), words('s-teacher')]).toEqual([
      's-programmer',
      ['To the programmer'],
      ['To the teacher'],
    ]);
  });

  it('asks the history again when the answer is older than what happened since', async () => {
    page = aPage(server);
    await open('teacher');
    const letGo = server.delay(HISTORY, 's-teacher');
    const reload = page.client.actions.reload('s-teacher');
    await server.whenSeen(HISTORY, 2);
    void page.client.actions.send({ assistantId: 'teacher', content: 'And now?' });
    await page.until(() => at('s-teacher')?.turnIds.length === 2);
    letGo();
    await reload;
    expect(words('s-teacher')).toEqual(['To the teacher', 'And now?']);
  });

  it('shows what is known at once, and says a failed refresh softly', async () => {
    page = aPage(server);
    await open('teacher');
    await open('programmer');
    server.refuse(HISTORY, 'store_unavailable');
    const opening = open('teacher');
    expect(words('s-teacher')).toEqual(['To the teacher']);
    await opening;
    expect([at('s-teacher')?.phase, at('s-teacher')?.error?.code]).toEqual(['ready', 'store_unavailable']);
  });

  it('shows a failed first read as a failure, never as an empty conversation, and recovers', async () => {
    page = aPage(server);
    server.refuse(HISTORY, 'store_unavailable');
    await open('teacher');
    expect([at('s-teacher')?.phase, at('s-teacher')?.error?.code]).toEqual(['failed', 'store_unavailable']);
    await open('teacher');
    expect([at('s-teacher')?.phase, words('s-teacher')]).toEqual(['ready', ['To the teacher']]);
  });

  it('says so when it cannot be found out which conversation to show', async () => {
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
    expect(words('s-teacher')).toEqual(['To the teacher']);
  });

  it('heals a stored id that belongs to another assistant, and never shows it', async () => {
    const stored = { activeAssistantId: 'teacher', sessionIds: { teacher: 's-programmer' } };
    page = aPage(server, aBrowser({ confab: JSON.stringify({ state: stored, version: 1 }) }));
    await page.until(() => shownSession(page.client) === 's-teacher');
    await page.until(() => at('s-teacher')?.phase === 'ready');
    expect([at('s-programmer'), words('s-teacher')]).toEqual([undefined, ['To the teacher']]);
  });

  it('reads one reply at a time, that on screen, and loses nothing of the others', async () => {
    page = aPage(server);
    await open('teacher');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => at('s-teacher')?.connection === 'live' && at('s-teacher')?.activeTurnId !== null);
    const turnId = at('s-teacher')?.activeTurnId ?? '';

    await open('programmer');
    expect(at('s-teacher')?.connection).toBe('idle');
    server.write(turnId, 'Because of light');
    await open('teacher');
    await page.until(() => page.replies().at(-1) === 'Because of light');
    server.write(turnId, ' and air');
    server.finish(turnId);
    await page.until(() => at('s-teacher')?.activeTurnId === null);
    expect([page.replies().at(-1), server.pathOf('s-teacher').length]).toEqual([
      'Because of light and air',
      2,
    ]);
  });

  it('marks the assistant that goes on replying, and its reply as unread until it was on screen', async () => {
    page = aPage(server);
    await open('teacher');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => at('s-teacher')?.activeTurnId !== null && tabs().teacher === 'replying');
    const turnId = at('s-teacher')?.activeTurnId ?? '';
    await open('programmer');
    expect(tabs().teacher).toBe('replying');

    server.finish(turnId);
    await page.scheduler.whenWaiting(3000);
    comes(3);
    await page.until(() => tabs().teacher === 'unread');
    await open('teacher');
    await page.until(() => tabs().teacher === 'idle');
    await open('programmer');
    expect(tabs().teacher).toBe('idle');
  });

  it('never calls a reply unread that was read to its end, though its session was touched after that', async () => {
    page = aPage(server);
    await open('teacher');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => at('s-teacher')?.activeTurnId !== null);
    server.finish(at('s-teacher')?.activeTurnId ?? '');
    const letGo = server.hold(SESSIONS);
    await page.until(() => at('s-teacher')?.activeTurnId === null);
    const seen = page.client.sessions.getState().byId['s-teacher']?.updatedAt ?? 0;
    await open('programmer');
    letGo();
    await page.until(() => (page.client.sessions.getState().byId['s-teacher']?.updatedAt ?? 0) > seen);
    expect(tabs().teacher).toBe('idle');
  });

  it('keeps a draft with each conversation, also one begun before the conversation was known', async () => {
    const letGo = server.hold(SESSIONS);
    const held = server.hold(SESSIONS);
    page = aPage(server);
    const opening = open('teacher');
    page.client.actions.setDraft('teacher', 'Early words');
    letGo();
    held();
    await opening;
    expect(page.client.preferences.getState().drafts).toEqual({ 's-teacher': 'Early words' });
    page.client.actions.newConversation('teacher');
    page.client.actions.setDraft('teacher', 'Other words');
    expect(Object.values(page.client.preferences.getState().drafts)).toEqual(['Early words', 'Other words']);
  });

  it('does not poll while nobody looks', async () => {
    page = aPage(server);
    await open('teacher');
    await page.scheduler.whenWaiting(30_000);
    page.visibility.visible = false;
    const before = server.seen(SESSIONS).length;
    comes(120);
    page.visibility.visible = true;
    page.resume();
    await server.whenSeen(SESSIONS, before + 1);
    expect(server.seen(SESSIONS)).toHaveLength(before + 1);
  });

  it('looks soon at a reply that began off the screen while nothing else was going on', async () => {
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
    expect(tabs().teacher).toBe('replying');
  });

  it('finds a reply that another tab began in the conversation on screen', async () => {
    page = aPage(server);
    await open('teacher');
    await page.scheduler.whenWaiting(30_000);
    server.begin({ sessionId: 's-teacher', assistantId: 'teacher', turnId: 'other-tab', content: 'There' });
    page.resume();
    await page.until(() => at('s-teacher')?.connection === 'live');
    expect(words('s-teacher')).toEqual(['To the teacher', 'There']);
  });
});
