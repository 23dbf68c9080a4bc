import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { STEADY_MS } from '@/lib/server/store-pulse';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { settleIfDead } from '@/lib/server/turns/settle';
import { LEASE_MS, SessionClient } from '../contract/session-client';
import type { Store } from '../store';
import { IoredisCommands } from './ioredis-commands';
import { openRedisStore } from './open-redis-store';
import { StoreClock } from './store-clock';

describe('the clock of the store', () => {
  /** A machine whose clock can be set, and a store with a configurable response time. */
  function machine() {
    const state = { since: 0, ours: 1_000_000, theirs: 1_000_000, takes: 0, asked: 0 };
    const pass = (ms: number) => {
      state.since += ms;
      state.ours += ms;
      state.theirs += ms;
    };
    const clock = new StoreClock(
      async () => {
        state.asked++;
        pass(state.takes / 2);
        const { theirs } = state;
        pass(state.takes / 2);
        return theirs;
      },
      () => state.ours,
      () => state.since,
    );
    return { state, pass, clock };
  }

  it.each([
    [0, 0],
    [900, 0],
    [-900, 0],
    [1_500, 1_500],
    [40_000, 40_000],
    [-40_000, -40_000],
    [-86_400_000, -86_400_000],
  ])('that is %d ms ahead is so by %d, however long its answer takes', async (skew, expected) => {
    for (const takes of [0, 100, 1_900]) {
      const { state, clock } = machine();
      state.theirs += skew;
      state.takes = takes;
      expect(await clock.aheadMs()).toBe(expected);
    }
  });

  it('is read once in ten minutes, for a hundred calls too', async () => {
    const { state, pass, clock } = machine();
    await Promise.all(Array.from({ length: 100 }, () => clock.aheadMs()));
    pass(599_000);
    await clock.aheadMs();
    expect(state.asked).toBe(1);
    pass(2_000);
    await clock.aheadMs();
    expect(state.asked).toBe(2);
  });

  it('is read again when ours was set, or the machine was asleep, and nobody waits for it', async () => {
    const { state, clock } = machine();
    const next = async () => [await clock.aheadMs(), await clock.aheadMs()];
    await clock.aheadMs();
    state.ours += 40_000;
    expect(await next()).toEqual([0, -40_000]);
    state.ours += 3_600_000;
    state.theirs += 3_600_000;
    expect(await next()).toEqual([-40_000, -40_000]);
    state.ours -= 40_000;
    expect(await next()).toEqual([-40_000, 0]);
    expect(state.asked).toBe(4);
  });

  it('that cannot be read keeps its last value, and fails only who needs the first', async () => {
    let fails = true;
    let since = 0;
    const clock = new StoreClock(
      async () => {
        if (fails) throw new Error('no answer');
        return 41_000;
      },
      () => 1_000 + since,
      () => since,
    );
    await expect(clock.aheadMs()).rejects.toThrow('no answer');
    fails = false;
    expect(await clock.aheadMs()).toBe(40_000);
    fails = true;
    since += 3_600_000;
    expect(await clock.aheadMs()).toBe(40_000);
  });
});

describe.each([40_000, -40_000, 3_600_000])('a second server whose clock is %d ms ahead', (skew) => {
  let server: RedisServer;
  let first: Store;
  let second: Store;
  beforeAll(async () => {
    server = await RedisServer.start();
    const opened = (clock: () => number) =>
      openRedisStore((keys) => new IoredisCommands({ urls: [server.url] }, keys), undefined, clock);
    first = opened(Date.now);
    second = opened(() => Date.now() + skew);
  });
  afterAll(async () => {
    await first?.close();
    await second?.close();
    await server?.close();
  });

  function clients() {
    const ours = new SessionClient(first);
    const { owner, sessionId } = ours;
    const theirs = new SessionClient(second, { owner, sessionId, now: ours.now + skew });
    return { ours, theirs };
  }

  it('cuts no living turn of the first', async () => {
    const { ours, theirs } = clients();
    await ours.mustBegin('a');
    expect(await theirs.begin('b')).toMatchObject({ kind: 'busy', expired: false });
    const stored = await second.turn(theirs.turnRef('a'));
    expect(Math.abs((stored?.lease?.endsAt ?? 0) - (theirs.now + LEASE_MS))).toBeLessThan(1_000);
    if (!stored) throw new Error('the turn is not there');
    const services = await openTestServices({}, { store: second });
    Object.assign(services.pulse, { steadyMs: () => STEADY_MS });
    expect((await settleIfDead(services, theirs.turnRef('a'), stored, theirs.now)).turn.status).toBe(
      'streaming',
    );
    const end = { token: 'token-a', ifExpired: true, endsAt: theirs.now };
    expect(await theirs.write('a', end)).toMatchObject({ held: false });
    expect(await ours.save('a', 'goes on')).toMatchObject({ held: true });
  });

  it('settles a dead one as soon as its lease is over, and no sooner', async () => {
    const { ours, theirs } = clients();
    await ours.mustBegin('a');
    ours.now += LEASE_MS - 1_000;
    theirs.now += LEASE_MS - 1_000;
    expect(await theirs.begin('b')).toMatchObject({ kind: 'busy', expired: false });
    theirs.now += 1_500;
    expect(await theirs.begin('b')).toMatchObject({ kind: 'busy', expired: true });
    expect((await theirs.history()).turns[0]?.lease?.endsAt).toBeLessThan(theirs.now);
  });

  it('has turns of its own that the first does not cut, and shares the undo', async () => {
    const { ours, theirs } = clients();
    await theirs.mustBegin('a');
    expect(await ours.begin('b')).toMatchObject({ kind: 'busy', expired: false });
    await theirs.finish('a');
    await ours.addTurn('b');
    await second.clear(theirs.ref);
    expect(await first.restore(ours.ref)).toMatchObject({ kind: 'changed' });
    expect(await ours.shownIds()).toEqual(['a', 'b']);
  });

  it('shares the rates', async () => {
    const { ours, theirs } = clients();
    const limits = { guest: { turns: { count: 8, periodMs: 60_000 } } };
    const kinds: string[] = [];
    for (const client of [theirs, ours, theirs, ours, theirs, ours, theirs, ours, theirs, ours]) {
      const { kind } = await new SessionClient(client.store, { owner: client.owner, now: client.now }).begin(
        'a',
        { limits },
      );
      kinds.push(kind);
    }
    // Which eight is not checked, because the clocks are only compared to within a few ms.
    expect(kinds.filter((kind) => kind === 'begun')).toHaveLength(8);
  });
});
