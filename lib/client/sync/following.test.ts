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
  const shows = (text: string) => page.until(() => page.replies().at(-1) === text);
  const isOver = () => page.until(() => conversation()?.activeTurnId === null);

  beforeEach(async () => {
    server = await startTestServer();
    page = aPage(server);
    await server.addSession('s', 'teacher', ['Before']);
    await page.client.actions.openSession('teacher', 's');
    void page.client.actions.send({ assistantId: 'teacher', content: 'Why?' });
    await page.until(() => conversation()?.activeTurnId !== null);
    turnId = conversation()?.activeTurnId ?? '';
    server.write(turnId, 'Because');
    await shows('Because');
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('goes on where it was, by following', async () => {
    server.cut(turnId);
    await page.until(() => conversation()?.connection === 'reconnecting');
    server.write(turnId, ' of');
    page.scheduler.advance(300);
    await shows('Because of');
    server.write(turnId, ' light');
    await server.finish(turnId);
    await isOver();
    expect([page.replies().at(-1), server.received(POST).length, server.received(FOLLOW).length]).toEqual([
      'Because of light',
      1,
      1,
    ]);
  });

  it('is tried again ever more slowly, and soon again after a success', async () => {
    server.cut(turnId);
    for (const wait of [300, 600, 1200, 2400, 5000]) {
      await page.scheduler.whenWaiting(wait);
      server.drop(FOLLOW);
      page.scheduler.advance(wait);
    }
    await page.scheduler.whenWaiting(5000);
    page.scheduler.advance(5000);
    await page.until(() => conversation()?.connection === 'live');
    server.write(turnId, ' of');
    await shows('Because of');
    server.cut(turnId);
    await page.scheduler.whenWaiting(300);
  });

  it('is taken up at once when the page wakes', async () => {
    server.cut(turnId);
    await page.until(() => conversation()?.connection === 'reconnecting');
    page.resume();
    await page.until(() => conversation()?.connection === 'live');
    expect(server.received(FOLLOW)).toHaveLength(1);
  });

  it('that is silent beyond every heartbeat is not waited for', async () => {
    page.scheduler.advance(SILENCE_MS);
    await page.until(() => conversation()?.connection === 'reconnecting');
    page.scheduler.advance(300);
    await page.until(() => conversation()?.connection === 'live');
    expect(server.received(FOLLOW)).toHaveLength(1);
  });

  it('that told nothing since the page fell asleep is made anew on waking', async () => {
    page.scheduler.advance(10_000);
    page.resume();
    await server.whenReceived(FOLLOW);
    await page.until(() => conversation()?.connection === 'live');
    await server.finish(turnId);
    await isOver();
  });

  it('and that ended meanwhile is shown as it was kept', async () => {
    server.cut(turnId);
    await page.until(() => conversation()?.connection === 'reconnecting');
    await server.finish(turnId, 'interrupted');
    page.scheduler.advance(300);
    await isOver();
    expect(conversation()?.turns[turnId]?.status).toBe('interrupted');
    expect(conversation()?.connection).toBe('idle');
  });

  it('and that is gone is answered by the history', async () => {
    const histories = server.received('GET /api/chat/history').length;
    server.refuse(FOLLOW, 'not_found');
    server.cut(turnId);
    await page.scheduler.whenWaiting(300);
    await server.finish(turnId);
    page.scheduler.advance(300);
    await isOver();
    expect(server.received('GET /api/chat/history').length).toBeGreaterThan(histories);
  });

  it('never shrinks while it streams, though the first word of a reconnect may lag', async () => {
    const lengths: number[] = [];
    const stop = page.client.conversations.subscribe(() => lengths.push(page.replies().at(-1)?.length ?? 0));
    server.cut(turnId);
    await page.scheduler.whenWaiting(300);
    page.scheduler.advance(300);
    await page.until(() => conversation()?.connection === 'live');
    for (const word of [' of', ' light', ' and air']) server.write(turnId, word);
    await server.finish(turnId);
    await isOver();
    stop();
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });

  it('takes nothing from the stream that speaks of another turn', async () => {
    const own = conversation()?.turns[turnId] ?? aTurn();
    server.sendEvent(turnId, {
      type: 'turn',
      turn: { ...own, id: 'foreign', reply: { ...own.reply, content: 'No' } },
    });
    server.sendEvent(turnId, { type: 'content', content: ' of light' });
    await shows('Because of light');
    expect(conversation()?.turnIds).toEqual(['s-0', turnId]);
  });

  it('is never committed to a conversation of another assistant, or to one that was left for good', () => {
    const known = conversation();
    const own = known?.turns[turnId] ?? aTurn();
    expect(applyTurn(page.client, 's', { ...own, assistantId: 'programmer', status: 'done' })).toBe(
      'dropped',
    );
    expect(applyTurn(page.client, 'deleted', { ...own, status: 'done' })).toBe('dropped');
    expect(conversation()).toBe(known);
  });

  it('is read by one connection only, however often its assistant is opened', async () => {
    await page.client.actions.openAssistant('teacher');
    await page.client.actions.openAssistant('teacher');
    expect([server.readers(turnId), server.received(FOLLOW).length]).toEqual([1, 0]);
  });

  it('is closed when the page is left, and goes on', async () => {
    page.close();
    server.write(turnId, ' of light');
    await server.finish(turnId);
    expect((await server.path('s')).at(-1)?.reply.content).toBe('Because of light');
    expect(page.replies().at(-1)).toBe('Because');
  });
});
