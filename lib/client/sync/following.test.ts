import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SILENCE_MS } from '../http/read-stream';
import { aPage, type Page } from '../testing/a-page';
import { aTurn } from '../testing/builders';
import { startTestServer, type TestServer } from '../testing/test-server';
import { applyTurn } from './apply-turn';

const FOLLOW = 'GET /api/chat/stream';
const POST = 'POST /api/chat/stream';

describe('a reply whose connection is lost', () => {
  let server: TestServer;
  let page: Page;
  let turnId: string;

  const conversation = () => page.client.conversations.of('s');
  const untilShown = (text: string) => page.until(() => page.replies().at(-1) === text);
  const untilOver = () => page.until(() => conversation()?.activeTurnId === null);

  beforeEach(async () => {
    server = await startTestServer();
    page = aPage(server);
    await server.addSession('s', 'teacher', ['Before']);
    await page.client.actions.openSession('teacher', 's');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => conversation()?.activeTurnId !== null);
    turnId = conversation()?.activeTurnId ?? '';
    await server.write(turnId, 'Because');
    await untilShown('Because');
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('continues by following the turn', async () => {
    server.cut(turnId);
    await page.until(() => conversation()?.connection === 'reconnecting');
    await server.write(turnId, ' of');
    page.scheduler.advance(300);
    await untilShown('Because of');
    await server.write(turnId, ' light');
    await server.finish(turnId);
    await untilOver();
    expect([page.replies().at(-1), server.received(POST).length, server.received(FOLLOW).length]).toEqual([
      'Because of light',
      1,
      1,
    ]);
  });

  it('is retried with a growing back-off, which starts again after a success', async () => {
    server.cut(turnId);
    for (const wait of [300, 600, 1200, 2400, 5000]) {
      await page.scheduler.whenWaiting(wait);
      server.drop(FOLLOW);
      page.scheduler.advance(wait);
    }
    await page.scheduler.whenWaiting(5000);
    page.scheduler.advance(5000);
    await page.until(() => conversation()?.connection === 'live');
    await server.write(turnId, ' of');
    await untilShown('Because of');
    server.cut(turnId);
    await page.scheduler.whenWaiting(300);
  });

  it('is reconnected at once when the page becomes visible', async () => {
    server.cut(turnId);
    await page.until(() => conversation()?.connection === 'reconnecting');
    page.resume();
    await page.until(() => conversation()?.connection === 'live');
    expect(server.received(FOLLOW)).toHaveLength(1);
  });

  it('is reconnected after a silence longer than the heartbeat', async () => {
    page.scheduler.advance(SILENCE_MS);
    await page.until(() => conversation()?.connection === 'reconnecting');
    page.scheduler.advance(300);
    await page.until(() => conversation()?.connection === 'live');
    expect(server.received(FOLLOW)).toHaveLength(1);
  });

  it('is reconnected when the page becomes visible after a silence', async () => {
    page.scheduler.advance(10_000);
    page.resume();
    await server.whenReceived(FOLLOW);
    await page.until(() => conversation()?.connection === 'live');
    await server.finish(turnId);
    await untilOver();
  });

  it('is shown as it was stored if it ended meanwhile', async () => {
    server.cut(turnId);
    await page.until(() => conversation()?.connection === 'reconnecting');
    await server.finish(turnId, 'interrupted');
    page.scheduler.advance(300);
    await untilOver();
    expect(conversation()?.turns[turnId]?.status).toBe('interrupted');
    expect(conversation()?.connection).toBe('idle');
  });

  it('is read from the history if it cannot be followed', async () => {
    const histories = server.received('GET /api/chat/history').length;
    server.refuse(FOLLOW, 'not_found');
    server.cut(turnId);
    await page.scheduler.whenWaiting(300);
    await server.finish(turnId);
    page.scheduler.advance(300);
    await untilOver();
    expect(server.received('GET /api/chat/history').length).toBeGreaterThan(histories);
  });

  it('never gets shorter, even if the first event after a reconnect is behind', async () => {
    const lengths: number[] = [];
    const stop = page.client.conversations.subscribe(() => lengths.push(page.replies().at(-1)?.length ?? 0));
    server.cut(turnId);
    await page.scheduler.whenWaiting(300);
    page.scheduler.advance(300);
    await page.until(() => conversation()?.connection === 'live');
    for (const word of [' of', ' light', ' and air']) server.write(turnId, word);
    await server.finish(turnId);
    await untilOver();
    stop();
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });

  it('ignores events of another turn', async () => {
    const own = conversation()?.turns[turnId] ?? aTurn();
    server.sendEvent(turnId, {
      type: 'turn',
      turn: { ...own, id: 'foreign', reply: { ...own.reply, content: 'No' } },
    });
    server.sendEvent(turnId, { type: 'content', content: ' of light' });
    await untilShown('Because of light');
    expect(conversation()?.turnIds).toEqual(['s-0', turnId]);
  });

  it('is not added to a conversation of another assistant, nor to one that is not loaded', () => {
    const before = conversation();
    const own = before?.turns[turnId] ?? aTurn();
    expect(applyTurn(page.client, 's', { ...own, assistantId: 'programmer', status: 'done' })).toBe(
      'dropped',
    );
    expect(applyTurn(page.client, 'deleted', { ...own, status: 'done' })).toBe('dropped');
    expect(conversation()).toBe(before);
  });

  it('is read over one connection, however often its assistant is opened', async () => {
    await page.client.actions.openAssistant('teacher');
    await page.client.actions.openAssistant('teacher');
    expect([server.readers(turnId), server.received(FOLLOW).length]).toEqual([1, 0]);
  });

  it('continues on the server when the page is closed', async () => {
    page.close();
    await server.write(turnId, ' of light');
    await server.finish(turnId);
    expect((await server.path('s')).at(-1)?.reply.content).toBe('Because of light');
    expect(page.replies().at(-1)).toBe('Because');
  });
});
