import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { continuePromptOf } from '@/lib/chat/context/continue-prompt';
import type { Turn } from '@/lib/chat/turn';
import { parseSend } from '@/lib/server/http/request-schemas';
import type { Services } from '@/lib/server/services';
import { readHistory } from '@/lib/server/sessions/read-history';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from './begin-turn';
import { removeTurn, restoreTurn } from './remove-turn';
import { stopTurn } from './stop-turn';

let fake: FakeOpenAI;
let services: Services;

beforeAll(async () => {
  fake = await startFakeOpenAI();
});
afterAll(() => fake.close());

beforeEach(async () => {
  fake.reset();
  services = await openTestServices({ OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODELS: 'fake-plain' });
});

const ref = (turnId: string) => ({ owner: 'me', sessionId: 's', turnId });

async function begin(turnId: string, content: string, change: object = {}) {
  const body = { sessionId: 's', assistantId: 'teacher', turnId, content, ...change };
  const { run } = await beginTurn(services, 'me', parseSend(body), 'en');
  if (!run) throw new Error('the turn was not begun here');
  return run;
}

const send = async (...given: Parameters<typeof begin>): Promise<Turn> => (await begin(...given)).ended;
const shown = async () =>
  (await readHistory(services, { owner: 'me', sessionId: 's' }, { limit: 50 })).turns.map(({ id }) => id);
const refused = (message: string) => ({ code: 'bad_request', message });

describe('a reply that is continued', () => {
  it('is a version of the turn that begins as a copy of its text', async () => {
    await send('before', 'the question before');
    const cut = await send('cut', '[[cut]] tell me');
    expect(cut).toMatchObject({ status: 'failed', reply: { content: 'Half of the answer' } });
    const run = await begin('on', '', { continueFrom: 'cut' });
    expect(run.turn.reply.content).toBe('Half of the answer');
    const whole = await run.ended;
    expect(whole).toMatchObject({ parentId: 'before', user: { content: '[[cut]] tell me' }, status: 'done' });
    expect(whole.reply.content.startsWith('Half of the answer')).toBe(true);
    expect(whole.reply.content.length).toBeGreaterThan('Half of the answer'.length);
    expect(await shown()).toEqual(['before', 'on']);
  });

  it('sends the model its own text, and asks it to continue', async () => {
    await send('cut', '[[cut]] tell me');
    await send('on', '', { continueFrom: 'cut' });
    expect(fake.requests.at(-1)?.messages.slice(1)).toEqual([
      { role: 'user', content: '[[cut]] tell me' },
      { role: 'assistant', content: 'Half of the answer' },
      { role: 'user', content: continuePromptOf('en') },
    ]);
  });

  it('keeps the reasoning of the first part', async () => {
    const run = await begin('held', '[[hold-reasoning]] think');
    await fake.received('think');
    fake.release({ count: 3 });
    await new Promise<void>((resolve) => {
      const leave = run.listen(
        () => {
          if (run.turn.reply.content === '') return;
          leave();
          resolve();
        },
        () => undefined,
      );
      if (run.turn.reply.content) resolve();
    });
    await stopTurn(services, ref('held'));
    const on = await send('on', '', { continueFrom: 'held' });
    expect(on.reply.reasoning).toBe('thought1 thought2 ');
    expect(on.reply.content).toMatch(/^part1 echo: /);
  });

  it('is produced once when sent twice', async () => {
    await send('cut', '[[cut]] tell me');
    await send('on', '', { continueFrom: 'cut' });
    const asked = fake.requests.length;
    const again = parseSend({
      ...{ sessionId: 's', assistantId: 'teacher', turnId: 'on', content: '', continueFrom: 'cut' },
    });
    expect((await beginTurn(services, 'me', again, 'en')).run).toBeNull();
    expect(fake.requests.length).toBe(asked);
  });

  it.each<[string, object, object]>([
    [
      'an unknown turn',
      { continueFrom: 'nobody' },
      refused('continueFrom: there is no such turn in this conversation'),
    ],
    [
      'another user message',
      { continueFrom: 'cut', content: 'else' },
      refused('content: is not that of the turn that is continued'),
    ],
    [
      'another parent',
      { continueFrom: 'cut', parentId: 'x' },
      refused('parentId: is not that of the turn that is continued'),
    ],
    [
      'a turn without text',
      { continueFrom: 'none' },
      refused('continueFrom: that turn has no text to go on from'),
    ],
  ])('is refused for %s, and nothing is stored', async (_name, change, error) => {
    await send('cut', '[[cut]] tell me');
    await send('none', '[[error-401]] tell me');
    await expect(begin('on', '', change)).rejects.toMatchObject(error);
    expect(await services.store.turn({ ...ref('on'), now: Date.now() })).toBeNull();
  });
});

describe('a turn that is deleted', () => {
  it('leaves the path and the context, and can be restored', async () => {
    for (const id of ['a', 'b', 'c']) await send(id, `ask ${id}`);
    const { undoUntil } = await removeTurn(services, ref('b'));
    expect(undoUntil).toBeGreaterThan(Date.now());
    expect(await shown()).toEqual(['a', 'c']);
    await send('d', 'ask d');
    expect(JSON.stringify(fake.requests.at(-1)?.messages)).not.toContain('ask b');
    expect(await restoreTurn(services, ref('b'))).toMatchObject({ id: 'b', user: { content: 'ask b' } });
    expect(await shown()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is stopped first if it is live', async () => {
    const run = await begin('live', '[[hold]] wait');
    await fake.received('wait');
    await removeTurn(services, ref('live'));
    expect((await run.ended).status).toBe('stopped');
    expect(await shown()).toEqual([]);
  });

  it.each(['remove', 'restore'])('%s: an unknown turn, or another guest’s, is not found', async (what) => {
    await send('a', 'ask a');
    const act = what === 'remove' ? removeTurn : restoreTurn;
    await expect(act(services, ref('nobody'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(act(services, { ...ref('a'), owner: 'you' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the versions of a turn', () => {
  const wordings = async () =>
    (await readHistory(services, { owner: 'me', sessionId: 's' }, { limit: 50 })).wordings;

  it('are grouped by user message if that differs', async () => {
    await send('a', 'first words');
    expect(await wordings()).toBeUndefined();
    await send('b', 'first words', { parentId: null });
    expect(await wordings()).toBeUndefined();
    await send('c', 'another user message', { parentId: null });
    await send('d', 'first words', { parentId: null });
    expect(await wordings()).toEqual({ d: [['a', 'b', 'd'], ['c']] });
    await removeTurn(services, ref('c'));
    expect(await wordings()).toBeUndefined();
  });
});
