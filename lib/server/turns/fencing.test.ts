import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatEvent } from '@/lib/chat/events';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { observeStore } from '@/lib/server/store/observe-store';
import { openStore } from '@/lib/server/store/open-store';
import type { Store, StoredTurn } from '@/lib/server/store/store';
import { storeUnavailable } from '@/lib/server/store/store-error';
import { STEADY_MS, StorePulse } from '@/lib/server/store-pulse';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { LiveRun } from './live-run';
import { LiveRuns } from './live-runs';
import { LEASE_MS, RunWriter } from './run-writer';
import { settleIfDead } from './settle';
import { stopTurn } from './stop-turn';

const REF = { owner: 'me', sessionId: 's', turnId: 't' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A store that can be unreachable, or come back empty. Each process connects on its own, and can be slow. */
async function aStore() {
  const empty = () => openStore({ driver: 'sqlite', path: ':memory:' });
  const state = { isDown: false, backend: await empty() };
  const connect = (way = { slowMs: 0 }): Store =>
    new Proxy(state.backend, {
      get:
        (_, name: keyof Store) =>
        async (...args: unknown[]) => {
          if (way.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, way.slowMs));
          if (state.isDown) throw storeUnavailable(new Error('connect ECONNREFUSED'));
          return Reflect.apply(state.backend[name] as () => unknown, state.backend, args);
        },
    });
  const restartEmpty = async () => {
    state.backend = await empty();
  };
  return { state, connect, restartEmpty };
}

/** What these tests do not replace. */
const opened = await openTestServices({});

/** A server process that reads the turn once a second, as a follower does. */
function aReader(store: Store) {
  const pulse = new StorePulse();
  const services = { ...opened, store: observeStore(store, pulse), pulse, runs: new LiveRuns() };
  const read = async (): Promise<StoredTurn | null> => {
    const stored = await services.store.turn({ ...REF, now: Date.now() });
    return stored && settleIfDead(services, REF, stored, Date.now());
  };
  const timer = setInterval(() => read().catch(() => undefined), 1_000); // a failed read is repeated a second later
  return { read, leave: () => clearInterval(timer) };
}

/** A producer whose model says what the test tells it to. */
async function aProducer(store: Store) {
  const now = Date.now();
  const begun = await store.begin({
    ...{
      owner: REF.owner,
      sessionId: REF.sessionId,
      title: 'x',
      preview: 'x',
      ttlMs: null,
      contextTurns: 20,
    },
    turn: startTurn({ id: 't', assistantId: 'teacher', content: 'x', model: 'openai:fake', now }),
    lease: { token: 'mine', endsAt: now + LEASE_MS },
    now,
  });
  if (begun.kind !== 'begun') throw new Error('not begun');
  const run = new LiveRun(REF, 'mine', begun.turn);
  const writer = new RunWriter(store, run);
  writer.start();
  const received: ChatEvent[] = [];
  run.listen(
    (event) => received.push(event),
    () => {},
  );
  const finish = async (status: Turn['status'] = 'done') => {
    const finished = await writer.finish({ ...run.turn, status });
    if (finished.kind === 'saved') run.end(finished.turn);
    return finished;
  };
  return { run, finish, received, say: (content: string) => run.publish({ type: 'content', content }) };
}

describe('a producer and its lease', () => {
  it('keeps its lease while the model is silent for 40 s, whoever reads the turn', async () => {
    const { connect } = await aStore();
    const { run, say, finish } = await aProducer(connect());
    const reader = aReader(connect());
    say('before ');
    await pass(40_000);
    expect(await reader.read()).toMatchObject({ turn: { status: 'streaming' } });
    expect(run.halted).toBeNull();
    say('after');
    expect(await finish()).toMatchObject({ kind: 'saved', turn: { reply: { content: 'before after' } } });
    reader.leave();
  });

  it('survives a store outage longer than the lease, and saves the reply after it', async () => {
    const { connect, state } = await aStore();
    const { run, say, finish } = await aProducer(connect());
    const reader = aReader(connect());
    await pass(STEADY_MS + 1_000);
    state.isDown = true;
    await pass(LEASE_MS + 10_000);
    say('written meanwhile');
    const finishing = finish();
    await pass(20_000);
    state.isDown = false;
    expect(await reader.read()).toMatchObject({ turn: { status: 'streaming' } });
    await pass(1_000);
    expect(await finishing).toMatchObject({ kind: 'saved', turn: { status: 'done' } });
    expect(run.halted).toBeNull();
    expect((await reader.read())?.turn.reply.content).toBe('written meanwhile');
    reader.leave();
  });

  it('waits at most a minute for the store', async () => {
    const { connect, state } = await aStore();
    const { finish } = await aProducer(connect());
    state.isDown = true;
    const finishing = finish();
    await pass(61_000);
    expect(await finishing).toEqual({ kind: 'unreachable' });
  });

  it('does not write a turn into a store that came back empty', async () => {
    const { connect, restartEmpty } = await aStore();
    const { run, say, finish } = await aProducer(connect());
    say('shown, then gone');
    await pass(1_000);
    await restartEmpty();
    await pass(1_000);
    expect(run.halted).toBe('lease_lost');
    expect(await finish('interrupted')).toEqual({ kind: 'gone' });
    expect(await connect().turn({ ...REF, now: Date.now() })).toBeNull();
  });

  it('does not change a turn that was settled while the process was suspended', async () => {
    const { connect } = await aStore();
    const way = { slowMs: 0 };
    const { run, say, finish, received } = await aProducer(connect(way));
    say('kept');
    await pass(1_000);
    // From here on its own calls hang, as in a suspended process.
    way.slowMs = LEASE_MS + STEADY_MS;
    const reader = aReader(connect());
    say(', and more that nobody saw');
    await pass(LEASE_MS + 5_000);
    const settled = await reader.read();
    expect(settled).toMatchObject({
      turn: { status: 'interrupted', reply: { content: 'kept' } },
      lease: null,
    });
    expect(run.halted).toBeNull();
    await pass(STEADY_MS);
    expect(run.halted).toBe('lease_lost');
    way.slowMs = 0;
    const finishing = finish();
    await pass(LEASE_MS + STEADY_MS);
    expect(await finishing).toEqual({ kind: 'saved', turn: settled?.turn });
    expect(received.at(-1)).toMatchObject({ type: 'end', turn: settled?.turn });
    expect(await reader.read()).toEqual(settled);
    reader.leave();
  });
});

describe('stopping while the store is slow', () => {
  it.each([
    ['the stop', 3_000],
    ['the producer', 100],
  ])(
    'has one outcome, for the caller, the listeners and later readers: %s comes first',
    async (_, slowMs) => {
      const { connect } = await aStore();
      const way = { slowMs: 0 };
      const { run, say, finish, received } = await aProducer(connect(way));
      const runs = new LiveRuns();
      runs.add(run);
      say('stored, ');
      await pass(1_000);
      way.slowMs = slowMs;
      run.signal.addEventListener('abort', () => void finish('stopped'));
      say('and newer than what is stored');
      const services = { ...opened, store: connect(), runs } as unknown as Parameters<typeof stopTurn>[0];
      const stopping = stopTurn(services, REF);
      await pass(10_000);
      const stopped = await stopping;
      expect(stopped).toMatchObject({
        status: 'stopped',
        reply: { content: 'stored, and newer than what is stored' },
      });
      expect((await connect().turn({ ...REF, now: Date.now() }))?.turn).toEqual(stopped);
      expect(received.at(-1)).toEqual({ type: 'end', sessionId: 's', turn: stopped });
    },
  );
});
