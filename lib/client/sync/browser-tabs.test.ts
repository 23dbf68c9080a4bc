import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownSession } from '../state/context';
import { aBrowser, type Browser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const POST = 'POST /api/chat/stream';
const FOLLOW = 'GET /api/chat/stream';
const HISTORY = 'GET /api/chat/history';
const SESSIONS = 'GET /api/chat/sessions';

describe('two tabs of one browser', () => {
  let server: TestServer;
  let browser: Browser;
  let one: Page;
  let two: Page;

  const at = (page: Page, sessionId = 'talk') => page.client.conversations.of(sessionId);
  const messages = (page: Page) => {
    const conversation = at(page);
    return conversation?.turnIds.map((id) => conversation.turns[id]?.user.content);
  };
  const count = (...what: string[]) => what.map((one) => server.received(one).length);
  const reads = () => count(HISTORY, SESSIONS, FOLLOW);
  async function open(): Promise<Page> {
    const page = aPage(server, browser);
    await page.client.actions.openSession('teacher', 'talk');
    await page.client.actions.refreshSessions('teacher');
    // Until the first poll is over.
    await page.scheduler.whenWaiting(30_000);
    return page;
  }
  const send = (page: Page, content: string) =>
    void page.client.actions.send({ assistantId: 'teacher', content });
  const undo = (page: Page) =>
    Promise.all(page.client.sessions.getState().undoable.map((what) => page.client.actions.undo(what)));
  const live = () => at(one)?.activeTurnId ?? '';

  beforeEach(async () => {
    server = await startTestServer();
    await server.addSession('other', 'teacher', ['Another conversation']);
    await server.addSession('talk', 'teacher', ['Before']);
    browser = aBrowser();
    one = await open();
    two = await open();
  });
  afterEach(async () => {
    one.close();
    two.close();
    await server.close();
  });

  it('read the same reply, each over its own connection', async () => {
    const before = count(HISTORY);
    send(one, 'Why?');
    await two.until(() => at(two)?.connection === 'live');
    await server.write(live(), 'Because');
    await Promise.all([one, two].map((page) => page.until(() => page.replies().at(-1) === 'Because')));
    await server.finish(live());
    await Promise.all([one, two].map((page) => page.until(() => at(page)?.activeTurnId === null)));
    expect([messages(two), count(POST, FOLLOW), count(HISTORY)]).toEqual([
      ['Before', 'Why?'],
      [1, 1],
      before,
    ]);
  });

  it('can each stop the reply', async () => {
    send(one, 'Why?');
    await two.until(() => at(two)?.connection === 'live');
    await server.write(live(), 'As far as');
    await two.until(() => two.replies().at(-1) === 'As far as');
    await two.client.actions.stop();
    await one.until(() => at(one)?.activeTurnId === null);
    expect([one.replies(), two.replies()]).toEqual([
      ['', 'As far as'],
      ['', 'As far as'],
    ]);
  });

  it('show a new title and a pinned session without a request', async () => {
    const before = reads();
    await one.client.actions.rename('talk', 'Light');
    await one.client.actions.setPinned('other', true);
    await two.until(() => two.client.sessions.getState().byId.other?.pinned === true);
    expect([at(two)?.title, two.client.sessions.getState().lists.teacher?.ids, reads()]).toEqual([
      'Light',
      ['other', 'talk'],
      before,
    ]);
  });

  it('both show a clear, and its undo', async () => {
    const before = reads();
    await one.client.actions.clearConversation('talk');
    await two.until(() => at(two)?.turnIds.length === 0);
    expect([reads(), two.client.sessions.getState().undoable]).toEqual([before, []]);
    await undo(one);
    await two.until(() => at(two)?.turnIds.length === 1);
    const [histories = 0] = before;
    expect(count(HISTORY)).toEqual([histories + 2]);
  });

  it('both show the delete of a turn without a request, and its undo', async () => {
    send(one, 'After');
    await two.until(() => messages(two)?.length === 2);
    await server.finish(live());
    await two.until(() => at(two)?.activeTurnId === null);
    const before = count(HISTORY);
    await one.client.actions.removeTurn('talk', 'talk-0');
    await two.until(() => messages(two)?.length === 1);
    expect([messages(one), messages(two), count(HISTORY)]).toEqual([['After'], ['After'], before]);
    await undo(one);
    await two.until(() => messages(two)?.length === 2);
    expect([messages(one), messages(two)]).toEqual([
      ['Before', 'After'],
      ['Before', 'After'],
    ]);
  });

  it('both leave a deleted conversation, and show it again after undo', async () => {
    await one.client.actions.deleteConversation('talk');
    await two.until(() => shownSession(two.client) !== 'talk');
    expect([at(two), two.client.sessions.getState().lists.teacher?.ids]).toEqual([undefined, ['other']]);
    await undo(one);
    await two.until(() => shownSession(two.client) === 'talk' && at(two)?.turnIds.length === 1);
  });

  it('keep showing another conversation when one is deleted and restored', async () => {
    await two.client.actions.openSession('teacher', 'other');
    await one.client.actions.deleteConversation('talk');
    await two.until(() => two.client.sessions.getState().byId.talk === undefined);
    expect(shownSession(two.client)).toBe('other');
    await undo(one);
    await two.until(() => two.client.sessions.getState().byId.talk !== undefined);
    expect(shownSession(two.client)).toBe('other');
  });

  it('both list a conversation that one of them started', async () => {
    one.client.actions.newConversation('teacher');
    const sessionId = shownSession(one.client) ?? '';
    send(one, 'Something new');
    await two.until(() => two.client.sessions.getState().lists.teacher?.ids.includes(sessionId) ?? false);
    expect(two.client.sessions.getState().lists.teacher).toMatchObject({
      total: 3,
      ids: [sessionId, 'talk', 'other'],
    });
    expect(shownSession(two.client)).toBe('talk');
  });

  it('both have the state of a reply that only one of them shows', async () => {
    await two.client.actions.openSession('teacher', 'other');
    send(one, 'Why?');
    await two.until(() => two.client.sessions.getState().byId.talk?.headStatus === 'streaming');
    await server.finish(live());
    await two.until(() => two.client.sessions.getState().byId.talk?.headStatus === 'done');
    expect(count(FOLLOW)).toEqual([0]);
  });

  it('follow a reply only while visible, and catch up afterwards', async () => {
    two.visibility.isVisible = false;
    send(one, 'Why?');
    await two.until(() => at(two)?.activeTurnId != null);
    await server.write(live(), 'Because');
    await one.until(() => one.replies().at(-1) === 'Because');
    expect(count(FOLLOW)).toEqual([0]);
    two.visibility.isVisible = true;
    two.resume();
    await two.until(() => two.replies().at(-1) === 'Because');
    expect(count(FOLLOW)).toEqual([1]);
  });

  it('read another version once they are visible', async () => {
    const [histories = 0] = count(HISTORY);
    two.visibility.isVisible = false;
    await one.client.actions.chooseHead('talk', 'talk-0');
    await two.until(() => at(two)?.revision === 1);
    expect(count(HISTORY)).toEqual([histories + 1]);
    two.visibility.isVisible = true;
    two.resume();
    await server.whenReceived(HISTORY, histories + 2);
  });

  it('share one live turn: the later message stays in its composer, and its tab follows the reply', async () => {
    // The server refuses the message before the other tab reports its turn.
    send(one, 'First');
    two.client.actions.setDraft('teacher', 'Second');
    send(two, 'Second');
    await two.until(() => at(two)?.connection === 'live' && at(two)?.activeTurnId === live());
    await two.until(() => two.client.preferences.getState().outbox.length === 0);
    const { drafts, outbox } = two.client.preferences.getState();
    expect([drafts.talk, outbox, messages(two)]).toEqual(['Second', [], ['Before', 'First']]);
    expect((await server.path('talk')).map(({ user }) => user.content)).toEqual(['Before', 'First']);
  });

  it('share unsent messages and drafts', async () => {
    server.drop(POST);
    one.client.actions.setDraft('teacher', 'Hello');
    send(one, 'Hello');
    await two.until(() => two.client.preferences.getState().outbox[0]?.state === 'waiting');
    two.client.actions.setDraft('teacher', 'Next');
    await one.until(() => one.client.preferences.getState().drafts.talk === 'Next');
    expect(one.client.preferences.getState().outbox.map(({ content }) => content)).toEqual(['Hello']);
  });
});
