import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendBody } from '@/lib/chat/wire';
import { aPage, type Page } from '../testing/a-page';
import { type ContractServer, startContractServer } from '../testing/contract-server';

const POST = 'POST /api/chat/stream';
const HISTORY = 'GET /api/chat/history';

describe('what is done to one message', () => {
  let server: ContractServer;
  let page: Page;

  const known = () => page.client.conversations.of('talk');
  const sent = (): Partial<SendBody> => server.seen(POST).at(-1)?.body ?? {};
  const draft = () => page.client.preferences.getState().drafts.talk;

  beforeEach(async () => {
    server = await startContractServer();
    server.given('talk', 'teacher', ['First', 'Second', 'Third']);
    page = aPage(server);
    await page.client.actions.openSession('teacher', 'talk');
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('a reply that was cut off goes on: what was there stays on screen, and begins the version', async () => {
    server.begin({ sessionId: 'talk', assistantId: 'teacher', turnId: 'cut', content: 'Fourth' });
    server.write('cut', 'Half of ');
    server.finish('cut', 'stopped');
    await page.client.actions.reload('talk');

    const letGo = server.hold(POST);
    await page.client.actions.continueReply('cut');
    await server.whenSeen(POST);
    expect(page.replies().at(-1)).toBe('Half of ');
    letGo();
    await page.until(() => known()?.turnIds.at(-1) !== 'cut');
    const turnId = known()?.turnIds.at(-1) ?? '';
    server.write(turnId, 'the answer');
    await page.until(() => page.replies().at(-1) === 'Half of the answer');
    expect(sent()).toMatchObject({ content: 'Fourth', parentId: 'talk-2', continueFrom: 'cut' });
    expect(known()?.versions[turnId]).toEqual(['cut', turnId]);
  });

  it('asks another model this once, and leaves the choice of the assistant alone', async () => {
    page.client.catalog.setState({
      models: {
        phase: 'ready',
        error: null,
        value: {
          default: 'a:usual',
          models: ['a:usual', 'a:other'].map((id) => ({
            id,
            provider: 'a',
            name: id,
            vision: false,
            reasoning: false,
            imageGeneration: false,
            contextTokens: 1000,
          })),
        },
      },
    });
    page.client.actions.chooseModel('teacher', 'a:usual');
    await page.client.actions.retryTurn('talk-2', 'a:other');
    await server.whenSeen(POST);
    expect(sent()).toMatchObject({ content: 'Third', parentId: 'talk-1', model: 'a:other' });
    expect(page.client.preferences.getState().models).toEqual({ teacher: 'a:usual' });
  });

  it('one in the middle is deleted, those after it stay, and it comes back in its place', async () => {
    expect(await page.client.actions.removeTurn('talk', 'talk-1')).toEqual({ ok: true });
    expect([known()?.turnIds, known()?.total]).toEqual([['talk-0', 'talk-2'], 2]);
    const [what] = page.client.sessions.getState().undoable;
    expect(what).toMatchObject({ kind: 'turn', turnId: 'talk-1', sessionId: 'talk' });
    if (what) await page.client.actions.undo(what);
    expect(known()?.turnIds).toEqual(['talk-0', 'talk-1', 'talk-2']);
    expect(page.client.sessions.getState().undoable).toEqual([]);
  });

  it('two that are deleted come back one by one', async () => {
    await page.client.actions.removeTurn('talk', 'talk-1');
    await page.client.actions.removeTurn('talk', 'talk-2');
    const [first, second] = page.client.sessions.getState().undoable;
    if (second) await page.client.actions.undo(second);
    expect(known()?.turnIds).toEqual(['talk-0', 'talk-2']);
    if (first) await page.client.actions.undo(first);
    expect(known()?.turnIds).toEqual(['talk-0', 'talk-1', 'talk-2']);
  });

  it('a delete that fails leaves everything as it was, and says why', async () => {
    server.refuse('DELETE /api/chat/turns/talk-1', 'store_unavailable');
    expect(await page.client.actions.removeTurn('talk', 'talk-1')).toEqual({
      ok: false,
      error: { code: 'store_unavailable' },
    });
    expect([known()?.turnIds.length, page.client.sessions.getState().undoable]).toEqual([3, []]);
  });

  it('the delete of what is being edited ends the edit', async () => {
    page.client.actions.startEdit('talk-1');
    await page.client.actions.removeTurn('talk', 'talk-1');
    expect(page.client.preferences.getState().editing).toEqual({});
  });

  it('a version after a deleted message takes the place of its twin at once, without a look at the history', async () => {
    await page.client.actions.removeTurn('talk', 'talk-1');
    const reads = server.seen(HISTORY).length;
    await page.client.actions.retryTurn('talk-2');
    await page.until(() => known()?.activeTurnId !== null);
    expect(known()?.turnIds).toEqual(['talk-0', known()?.activeTurnId]);
    expect(server.seen(HISTORY)).toHaveLength(reads);
  });

  it('is quoted after what is written already', () => {
    page.client.actions.setDraft('teacher', 'As to this:');
    page.client.actions.quote('First\nwords');
    expect(draft()).toBe('As to this:\n\n> First\n> words\n\n');
  });
});
