import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { applyEvent } from '@/lib/chat/apply-event';
import { ChatError } from '@/lib/chat/chat-error';
import type { ChatEvent } from '@/lib/chat/events';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { createEventDecoder } from '@/lib/client/http/event-decoder';
import { parseSend } from '@/lib/server/http/request-schemas';
import type { Services } from '@/lib/server/services';
import { readHistory } from '@/lib/server/sessions/read-history';
import { observeStore } from '@/lib/server/store/observe-store';
import { openStore } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';
import { STEADY_MS, StorePulse } from '@/lib/server/store-pulse';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from './begin-turn';
import { dateSentence } from './date-in-zone';
import { followRun, followTurn } from './follow-turn';
import { settleIfDead } from './settle';
import { stopTurn } from './stop-turn';

let fake: FakeOpenAI;
beforeAll(async () => {
  fake = await startFakeOpenAI();
});
afterAll(() => fake.close());

/** The pulse of a process that has seen the store answer for long enough. */
const steady = () => Object.assign(new StorePulse(), { steadyMs: () => STEADY_MS });

/** The services of one server process; for several on one store, pass that store. */
async function start(given?: Store, pulse = new StorePulse()): Promise<Services> {
  const store = given ?? (await openStore({ driver: 'sqlite', path: ':memory:' }));
  return openTestServices(
    { OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODELS: 'fake' },
    { store: observeStore(store, pulse), pulse },
  );
}

const send = (content: string, more: object = {}) =>
  parseSend({ sessionId: 's', assistantId: 'teacher', turnId: 't1', content, ...more });

async function readAll(stream: ReadableStream<Uint8Array>): Promise<ChatEvent[]> {
  const decoder = createEventDecoder();
  const events: ChatEvent[] = [];
  for await (const bytes of stream)
    for (const decoded of decoder.push(bytes)) if (decoded.kind === 'event') events.push(decoded.event);
  return events;
}

const lastOf = (events: ChatEvent[]): ChatEvent | undefined => events.at(-1);
const fold = (events: ChatEvent[]): Turn =>
  events.reduce(applyEvent, startTurn({ id: 'none', assistantId: '-', content: '', model: '-', now: 0 }));

async function started(services: Services, request = send('[[hold]] hello')) {
  const { run, ref } = await beginTurn(services, 'me', request, 'en');
  if (!run) throw new Error('the turn was not begun here');
  return { run, ref };
}

describe('a turn, from send to end', () => {
  it('streams the turn first and the saved end last, and what it streams is what is stored', async () => {
    const services = await start();
    const { run, ref } = await started(services, send('hello'));
    const events = await readAll(followRun(run));
    expect(events[0]?.type).toBe('turn');
    expect(lastOf(events)?.type).toBe('end');
    const stored = await services.store.turn({ ...ref, now: Date.now() });
    expect(fold(events.slice(0, -1)).reply).toEqual(stored?.turn.reply);
    expect(stored?.turn).toMatchObject({
      status: 'done',
      finishReason: 'stop',
      context: { sent: 0, dropped: 0 },
    });
    expect(lastOf(events)).toMatchObject({ turn: stored?.turn });
  });

  it('gives the model the system prompt of its assistant and the turns before', async () => {
    const services = await start();
    for (const turnId of ['a1', 'a2', 'a3']) {
      const { run } = await started(services, send(`ask ${turnId}`, { turnId, sessionId: 'long' }));
      await run.ended;
    }
    const [asked] = await fake.received('ask a3');
    if (!asked) throw new Error('the model was not asked');
    const { messages } = asked.body as { messages: { role: string; content: string }[] };
    expect(messages.map((message) => message.role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(messages[0]?.content).toContain('Teacher');
  });

  it.each([
    [undefined, 'UTC'],
    ['Asia/Shanghai', 'Asia/Shanghai'],
  ])('gives the model the date in the time zone of the sender (%s)', async (timeZone, zone) => {
    const services = await start();
    const content = `what day is it in ${zone}?`;
    const { run } = await started(services, send(content, { timeZone }));
    await run.ended;
    const [asked] = await fake.received(content);
    if (!asked) throw new Error('the model was not asked');
    const { messages } = asked.body as { messages: { content: string }[] };
    expect(messages[0]?.content).toContain(dateSentence(run.turn.createdAt, 'en', zone));
  });

  it('begins with the second send when the store’s answer to the first was lost', async () => {
    const services = await start();
    const { store } = services;
    let hasLostOne = false;
    services.store = new Proxy(store, {
      get: (target, name: keyof Store) =>
        name !== 'begin'
          ? Reflect.get(target, name)
          : async (request: Parameters<Store['begin']>[0]) => {
              const answer = await target.begin(request);
              if (hasLostOne) return answer;
              hasLostOne = true;
              throw new ChatError('store_unavailable');
            },
    });
    await expect(beginTurn(services, 'me', send('again'), 'en')).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    const [first, second] = await Promise.all([
      beginTurn(services, 'me', send('again'), 'en'),
      beginTurn(services, 'me', send('again'), 'en'),
    ]);
    expect([first.run === null, second.run === null].sort()).toEqual([false, true]);
    expect((await (first.run ?? second.run)?.ended)?.status).toBe('done');
  });

  it('continues when nobody listens', async () => {
    const services = await start();
    const { run, ref } = await started(services, send('[[hold]] leave me'));
    const reader = followRun(run).getReader();
    await reader.read();
    await reader.cancel();
    await fake.received('leave me');
    fake.release({ contains: 'leave me' });
    await run.ended;
    expect((await services.store.turn({ ...ref, now: Date.now() }))?.turn.status).toBe('done');
  });

  it('is followed, not sent twice, when the same turn is sent again', async () => {
    const services = await start();
    const { run } = await started(services, send('[[hold]] twice'));
    const again = await beginTurn(services, 'me', send('[[hold]] twice'), 'en');
    expect(again.run).toBeNull();
    const events = readAll(await followTurn(services, again.ref));
    await fake.received('twice');
    fake.release({ contains: 'twice' });
    expect(lastOf(await events)).toMatchObject({ type: 'end', turn: await run.ended });
    expect(await fake.received('twice')).toHaveLength(1);
  });

  it.each([
    ['another text', send('other'), 'turn_mismatch'],
    ['another turn meanwhile', send('[[hold]] hello', { turnId: 't2' }), 'turn_in_progress'],
    ['another assistant', send('x', { turnId: 't2', assistantId: 'programmer' }), 'wrong_assistant'],
    ['an unknown assistant', send('x', { turnId: 't2', assistantId: 'nobody' }), 'bad_request'],
    ['an unknown model', send('x', { turnId: 't2', model: 'openai:none' }), 'bad_request'],
    ['a provider without a key', send('x', { turnId: 't2', model: 'kimi:k2' }), 'model_unavailable'],
  ])('refuses %s', async (_, request, code) => {
    const services = await start();
    const { run } = await started(services);
    await expect(beginTurn(services, 'me', request, 'en')).rejects.toMatchObject({ code });
    run.halt('stopped');
    await run.ended;
  });

  it('refuses an unknown parent', async () => {
    const request = send('x', { turnId: 't2', parentId: 'nowhere' });
    await expect(beginTurn(await start(), 'me', request, 'en')).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('ends as failed, and never looks complete, when the model fails', async () => {
    const services = await start();
    const { run } = await started(services, send('[[cut]] hello'));
    const events = await readAll(followRun(run));
    expect(events.slice(-2).map((event) => event.type)).toEqual(['error', 'end']);
    const turn = await run.ended;
    expect(turn).toMatchObject({ status: 'failed', error: { code: 'model_failed', reason: 'cut' } });
    expect(turn.reply.content).not.toBe('');
  });
});

describe('stopping', () => {
  it('keeps the text and closes the call to the model', async () => {
    const services = await start();
    const { ref } = await started(services, send('[[hold]] stop me'));
    const [asked] = await fake.received('stop me');
    const turn = await stopTurn(services, ref);
    expect(turn.status).toBe('stopped');
    expect((await fake.ended(asked?.id ?? -1)).id).toBe(asked?.id);
    expect(await stopTurn(services, ref)).toEqual(turn);
  });

  it('works from another process, and reaches the producer', async () => {
    const a = await start();
    const b = await start(a.store);
    const { run, ref } = await started(a, send('[[hold]] from afar'));
    expect((await stopTurn(b, ref)).status).toBe('stopped');
    expect((await run.ended).status).toBe('stopped');
  });

  it('is not found for another guest', async () => {
    const services = await start();
    const { run, ref } = await started(services);
    await expect(stopTurn(services, { ...ref, owner: 'you' })).rejects.toMatchObject({ code: 'not_found' });
    run.halt('stopped');
    await run.ended;
  });
});

describe('a reply that takes longer than it may', () => {
  /** The services of a process whose platform ends it soon. */
  const limited = async (maxReplyMs: number) => {
    const services = await start();
    return { ...services, settings: { ...services.settings, maxReplyMs } };
  };

  it('ends as interrupted, with its text saved and the stream in order', async () => {
    const services = await limited(300);
    const { run, ref } = await started(services, send('[[slow]] one two three four five six seven eight'));
    const events = await readAll(followRun(run));
    expect(lastOf(events)).toMatchObject({ type: 'end', turn: { status: 'interrupted' } });
    const stored = await services.store.turn({ ...ref, now: Date.now() });
    expect(stored).toMatchObject({ turn: { status: 'interrupted' }, lease: null });
    expect(fold(events.slice(0, -1)).reply).toEqual(stored?.turn.reply);
  });

  it('ends so before the first word too', async () => {
    const { run } = await started(await limited(50), send('[[hold]] hello'));
    expect(await run.ended).toMatchObject({ status: 'interrupted', reply: { content: '' } });
  });

  it('is measured from the request, which a slow store may have delayed', async () => {
    const services = await limited(60_000);
    const { run } = await beginTurn(services, 'me', send('[[hold]] hello'), 'en', {
      receivedAt: Date.now() - 60_000,
    });
    expect((await run?.ended)?.status).toBe('interrupted');
  });

  it('can be continued from where it ended', async () => {
    // The reply takes six seconds. A busy machine needs some of two for its first word.
    const services = await limited(2_000);
    const { run } = await started(services, send('[[slow]] one two three four five six seven eight'));
    const first = await run.ended;
    expect(first.status).toBe('interrupted');
    const next = await started(
      { ...services, settings: { ...services.settings, maxReplyMs: null } },
      send(first.user.content, { turnId: 't2', parentId: null, continueFrom: 't1' }),
    );
    const continued = await next.run.ended;
    expect(continued.status).toBe('done');
    expect(continued.reply.content.startsWith(first.reply.content)).toBe(true);
  });
});

describe('a dead producer', () => {
  const abandoned = async (pulse: StorePulse) => {
    const services = await start(undefined, pulse);
    const now = Date.now() - 60_000;
    const turn = startTurn({ id: 't1', assistantId: 'teacher', content: 'x', model: 'openai:fake', now });
    const ref = { owner: 'me', sessionId: 's', turnId: 't1' };
    await services.store.begin({
      ...{ owner: 'me', sessionId: 's', turn, lease: { token: 'dead', endsAt: now + 15_000 }, title: 'x' },
      ...{ preview: 'x', ttlMs: null, contextTurns: 20, now },
    });
    const reply = { ...turn.reply, content: 'half a' };
    await services.store.write({
      ...ref,
      token: 'dead',
      turn: { ...turn, reply },
      endsAt: now + 15_000,
      now,
    });
    return { services, ref };
  };

  it('is noticed on read: the turn is interrupted and keeps its text', async () => {
    const { services } = await abandoned(steady());
    const { turns, activeTurnId } = await readHistory(
      services,
      { owner: 'me', sessionId: 's' },
      { limit: 50 },
    );
    expect(turns[0]).toMatchObject({ status: 'interrupted', reply: { content: 'half a' } });
    expect(activeTurnId).toBeNull();
  });

  it('is not assumed by a process that has not seen the store answer all along', async () => {
    const { services, ref } = await abandoned(new StorePulse());
    const stored = await services.store.turn({ ...ref, now: Date.now() });
    if (!stored) throw new Error('the turn is gone');
    expect((await settleIfDead(services, ref, stored, Date.now())).turn.status).toBe('streaming');
  });

  it('is settled as soon as it can be noticed, even if nobody reads the turn again', async () => {
    vi.useFakeTimers();
    try {
      const { services, ref } = await abandoned(new StorePulse());
      const read = await readHistory(services, { owner: 'me', sessionId: 's' }, { limit: 50 });
      expect(read.turns[0]?.status).toBe('streaming');
      await vi.advanceTimersByTimeAsync(STEADY_MS + 1_000);
      const stored = await services.store.turn({ ...ref, now: Date.now() });
      expect(stored).toMatchObject({
        turn: { status: 'interrupted', reply: { content: 'half a' } },
        lease: null,
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is noticed at once if no reply may take as long as this turn is old', async () => {
    const { services, ref } = await abandoned(new StorePulse());
    const stored = await services.store.turn({ ...ref, now: Date.now() });
    if (!stored) throw new Error('the turn is gone');
    const settle = (maxReplyMs: number | null, age: number) =>
      settleIfDead(
        { ...services, settings: { ...services.settings, maxReplyMs } },
        ref,
        stored,
        stored.turn.createdAt + age,
      );
    // A producer that has reached the limit goes on trying to save for a minute.
    const limitMs = 290_000;
    expect((await settle(null, 10 * limitMs)).turn.status).toBe('streaming');
    expect((await settle(limitMs, limitMs + 60_000)).turn.status).toBe('streaming');
    expect((await settle(limitMs, limitMs + 65_001)).turn.status).toBe('interrupted');
  });

  it('does not block the session: the next send settles its turn and begins', async () => {
    const { services, ref } = await abandoned(steady());
    const { run } = await started(services, send('next', { turnId: 't2' }));
    expect((await run.ended).parentId).toBe('t1');
    expect((await services.store.turn({ ...ref, now: Date.now() }))?.turn.status).toBe('interrupted');
  });

  it('cannot overwrite the settled turn if it comes back', async () => {
    const a = await start();
    const { run, ref } = await started(a, send('[[hold]] fenced'));
    const stored = await a.store.turn({ ...ref, now: Date.now() });
    const { owner, sessionId, turnId } = ref;
    await a.store.write({
      ...{ owner, sessionId, turnId, token: stored?.lease?.token ?? '', endsAt: 0, now: Date.now() },
      turn: { ...run.turn, status: 'interrupted' },
    });
    await fake.received('fenced');
    fake.release({ contains: 'fenced' });
    expect((await run.ended).status).toBe('interrupted');
    expect((await a.store.turn({ ...ref, now: Date.now() }))?.turn.reply.content).toBe('');
  });
});

describe('another process', () => {
  it('follows a live turn through the store, to its end', async () => {
    const a = await start();
    const b = await start(a.store);
    const { run, ref } = await started(a, send('[[hold]] over there'));
    const following = readAll(await followTurn(b, ref));
    await fake.received('over there');
    fake.release({ contains: 'over there' });
    const turn = await run.ended;
    const events = await following;
    expect(lastOf(events)).toEqual({ type: 'end', sessionId: 's', turn });
  });
});

describe('shutting down', () => {
  it('interrupts live turns, keeps their text, and begins no others', async () => {
    const services = await start();
    const { run } = await started(services, send('[[hold]] late'));
    await services.runs.close({ graceMs: 0, saveMs: 1_000 });
    expect((await run.ended).status).toBe('interrupted');
    await expect(beginTurn(services, 'me', send('x', { turnId: 't9' }), 'en')).rejects.toMatchObject({
      code: 'shutting_down',
    });
  });
});
