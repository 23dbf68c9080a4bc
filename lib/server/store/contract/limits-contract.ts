import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AddressLimits, dayOf, type GuestLimits, type Limits, takeFrom, untilNextDay } from '../limits';
import { type BeginResult, IMAGE_GRACE_MS, type Store, UNDO_MS } from '../store';
import { DAY_MS, LEASE_MS, SessionClient } from './session-client';

const HOUR_MS = 3_600_000;
const perMinute = (count: number) => ({ count, periodMs: 60_000 });
const perHour = (count: number) => ({ count, periodMs: HOUR_MS });
const forGuest = (guest: GuestLimits): { limits: Limits } => ({ limits: { guest } });
const anAddress = (limits: Omit<AddressLimits, 'id'>): AddressLimits => ({ id: randomUUID(), ...limits });
const refusal = (limit: string, retryAfterMs: number | null) => ({
  kind: 'limited',
  refusal: { limit, retryAfterMs },
});
const kindsOf = (results: readonly BeginResult[], kind: BeginResult['kind']) =>
  results.filter((result) => result.kind === kind).length;

export function limitsContract(store: () => Store): void {
  const aGuest = () => new SessionClient(store());
  const anotherSession = ({ owner, now }: SessionClient) => new SessionClient(store(), { owner, now });

  /** A guest on a day of its own: the server's counters of a day are shared by all tests. */
  function onAnUnusedDay(): SessionClient {
    const days = 1_000 + Math.floor(Math.random() * 1e6);
    return new SessionClient(store(), { now: (dayOf(Date.now()) + days) * DAY_MS + 8 * HOUR_MS });
  }

  async function finish(client: SessionClient, id: string, use?: { tokens: number; cost: number }) {
    const turn = { ...(await client.turn(id)), status: 'done' as const };
    return client.write(id, { turn, use });
  }

  describe('the limits of a guest, inside the begin', () => {
    test('let so many turns through at once, then one for each step of the rate', async () => {
      const client = aGuest();
      const limits = forGuest({ turns: perMinute(3) });
      for (const id of ['a', 'b', 'c']) await client.addTurn(id, limits);
      expect(await client.begin('d', limits)).toEqual(refusal('turns', 20_000));
      client.now += 19_999;
      expect(await client.begin('d', limits)).toEqual(refusal('turns', 1));
      client.now += 1;
      await client.addTurn('d', limits);
      expect(await client.begin('e', limits)).toEqual(refusal('turns', 20_000));
      expect(await client.shownIds()).toEqual(['a', 'b', 'c', 'd']);
    });

    test('hold for all sessions of a guest, and for no other guest', async () => {
      const client = aGuest();
      const limits = forGuest({ turns: perMinute(1) });
      await client.addTurn('a', limits);
      expect(await anotherSession(client).begin('b', limits)).toMatchObject({ kind: 'limited' });
      await aGuest().addTurn('a', limits);
    });

    test('a refused turn creates no session, and can be sent again', async () => {
      const client = aGuest();
      const limits = forGuest({ turns: perMinute(1) });
      await client.addTurn('a', limits);
      const second = anotherSession(client);
      expect(await second.begin('b', limits)).toMatchObject({ kind: 'limited' });
      expect(await second.session()).toBeNull();
      second.now += 60_000;
      await second.mustBegin('b', limits);
    });

    test('a repeated begin takes nothing, nor does one that would not have begun', async () => {
      const client = aGuest();
      const limits = forGuest({ turns: perMinute(2), replies: 1 });
      const request = client.request('a', limits);
      const first = await store().begin(request);
      expect(first.kind).toBe('begun');
      for (let n = 0; n < 5; n++) expect(await store().begin(request)).toEqual(first);
      const lease = { token: 'other', endsAt: client.now + LEASE_MS };
      expect(await client.begin('a', { ...limits, lease })).toMatchObject({ kind: 'exists' });
      expect(await client.begin('b', limits)).toMatchObject({ kind: 'busy' });
      await client.finish('a');
      expect(await client.begin('b', { ...limits, parentId: 'nobody' })).toEqual({ kind: 'unknown_parent' });
      await client.addTurn('b', limits);
      expect(await client.begin('c', limits)).toEqual(refusal('turns', 30_000));
      expect(await client.begin('a', { ...limits, lease })).toMatchObject({ kind: 'exists' });
    });

    test('let exactly as many of 40 concurrent begins through as the rate allows', async () => {
      const client = aGuest();
      const limits = forGuest({ turns: perMinute(7) });
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, n) => anotherSession(client).begin(`t${n}`, limits)),
      );
      expect(kindsOf(results, 'begun')).toBe(7);
      expect(kindsOf(results, 'limited')).toBe(33);
    });

    test('let exactly as many of 20 concurrent replies run as allowed, and another once one has ended', async () => {
      const client = aGuest();
      const limits = forGuest({ replies: 3 });
      const sessions = Array.from({ length: 20 }, () => anotherSession(client));
      const results = await Promise.all(sessions.map((session) => session.begin('a', limits)));
      expect(kindsOf(results, 'begun')).toBe(3);
      expect(results.filter(({ kind }) => kind === 'limited')).toContainEqual(refusal('replies', null));
      const running = sessions.find((_, n) => results[n]?.kind === 'begun');
      await running?.finish('a');
      await anotherSession(client).mustBegin('b', limits);
      expect(await anotherSession(client).begin('c', limits)).toEqual(refusal('replies', null));
    });

    test('do not count a reply whose producer died', async () => {
      const client = aGuest();
      const limits = forGuest({ replies: 2 });
      for (let n = 0; n < 2; n++) await anotherSession(client).mustBegin('a', limits);
      expect(await anotherSession(client).begin('b', limits)).toEqual(refusal('replies', null));
      client.now += LEASE_MS;
      await anotherSession(client).mustBegin('b', limits);
      await anotherSession(client).mustBegin('c', limits);
      expect(await anotherSession(client).begin('d', limits)).toEqual(refusal('replies', null));
    });

    test.each([
      ['tokens', { dailyTokens: 100 }, { tokens: 60, cost: 0 }],
      ['cost', { dailyCost: 0.5 }, { tokens: 0, cost: 0.3 }],
    ] as const)('end the %s of a day until the next day begins in UTC', async (limit, guest, use) => {
      const client = onAnUnusedDay();
      const limits = forGuest(guest);
      for (const id of ['a', 'b']) {
        await client.mustBegin(id, limits);
        await finish(client, id, use);
      }
      expect(await client.begin('c', limits)).toEqual(refusal(limit, untilNextDay(client.now)));
      client.now += untilNextDay(client.now) - 1;
      expect(await client.begin('c', limits)).toEqual(refusal(limit, 1));
      client.now += 1;
      await client.mustBegin('c', limits);
    });

    test('count what a turn used once, even if its last write is repeated', async () => {
      const client = onAnUnusedDay();
      const limits = forGuest({ dailyTokens: 100 });
      await client.mustBegin('a', limits);
      for (let n = 0; n < 3; n++)
        expect(await finish(client, 'a', { tokens: 60, cost: 0 })).toMatchObject({ held: true });
      await client.mustBegin('b', limits);
      expect(await store().dayCounts([dayOf(client.now)])).toEqual([{ tokens: 60 }]);
    });

    test('nothing is limited or counted without limits', async () => {
      const client = aGuest();
      await client.addTurn('a', forGuest({ turns: perMinute(1) }));
      for (const id of ['b', 'c', 'd']) await client.addTurn(id);
      expect(await client.begin('e', forGuest({ turns: perMinute(1) }))).toEqual(refusal('turns', 60_000));
    });
  });

  describe('the limits of an address and of the server', () => {
    test('hold for all guests of an address, and for no other address', async () => {
      const limits: Limits = { guest: {}, address: anAddress({ turns: perMinute(2) }) };
      const guests = [aGuest(), aGuest(), aGuest()] as const;
      await guests[0].addTurn('a', { limits });
      await guests[1].addTurn('a', { limits });
      expect(await guests[2].begin('a', { limits })).toMatchObject(refusal('address', expect.any(Number)));
      await guests[2].addTurn('a', {
        limits: { guest: {}, address: anAddress({ turns: perMinute(2) }) },
      });
    });

    test('a guest counts as new at its first turn, and never again', async () => {
      const limits: Limits = { guest: {}, address: anAddress({ newGuests: perHour(2) }) };
      const [first, second, third] = [aGuest(), aGuest(), aGuest()];
      for (const id of ['a', 'b', 'c']) await first.addTurn(id, { limits });
      await second.addTurn('a', { limits });
      third.now = second.now;
      expect(await third.begin('a', { limits })).toMatchObject(refusal('new_guests', expect.any(Number)));
      await first.addTurn('d', { limits });
      third.now += HOUR_MS / 2;
      await third.addTurn('a', { limits });
    });

    test('a guest counts as new at its first upload, too', async () => {
      const address = anAddress({ newGuests: perHour(1) });
      const limits: Limits = { guest: {}, address };
      const first = aGuest();
      expect(await put(first, 10, limits)).toBeNull();
      await first.addTurn('a', { limits });
      expect(await put(aGuest(), 10, limits)).toMatchObject({ limit: 'new_guests' });
    });

    test('a repeated begin takes nothing twice', async () => {
      const limits: Limits = { guest: {}, address: anAddress({ turns: perMinute(2) }) };
      const client = aGuest();
      const request = client.request('a', { limits });
      for (let n = 0; n < 5; n++) expect(await store().begin(request)).toMatchObject({ kind: 'begun' });
      await client.finish('a');
      await client.addTurn('b', { limits });
      expect(await client.begin('c', { limits })).toMatchObject(refusal('address', 30_000));
    });

    test('let exactly as many of 30 concurrent begins of 30 guests through as the address may send', async () => {
      const limits: Limits = { guest: {}, address: anAddress({ turns: perHour(6) }) };
      const results = await Promise.all(
        Array.from({ length: 30 }, () => aGuest()).map((guest) => guest.begin('a', { limits })),
      );
      expect(kindsOf(results, 'begun')).toBe(6);
    });

    test('count the tokens of all guests of a day', async () => {
      const client = onAnUnusedDay();
      const limits: Limits = { guest: {}, server: { dailyTokens: 100 } };
      await client.mustBegin('a', { limits });
      await finish(client, 'a', { tokens: 100, cost: 0 });
      const other = new SessionClient(store(), { now: client.now });
      expect(await other.begin('b', { limits })).toEqual(refusal('server_tokens', untilNextDay(client.now)));
      other.now += untilNextDay(other.now);
      await other.mustBegin('b', { limits });
    });

    test('count the cost of all guests of a day', async () => {
      const client = onAnUnusedDay();
      const limits: Limits = { guest: {}, server: { dailyCost: 0.25 } };
      await client.mustBegin('a', { limits });
      await finish(client, 'a', { tokens: 5, cost: 0.25 });
      expect(await client.begin('b', { limits })).toEqual(refusal('server_cost', untilNextDay(client.now)));
    });
  });

  async function put(client: SessionClient, size: number, limits: Limits, bytes = randomBytes(size)) {
    const image = { id: randomUUID(), type: 'image/png', width: 1, height: 1, data: bytes } as const;
    return store().putImage({ owner: client.owner, image, ttlMs: 30 * DAY_MS, limits, now: client.now });
  }

  describe('the storage of a guest', () => {
    const limits = forGuest({ storageBytes: 100_000 });
    const isFull = async (client: SessionClient) =>
      (await anotherSession(client).begin(randomUUID(), limits)).kind === 'limited';

    test('is the text of its turns: a full one begins no turn and stores no image', async () => {
      const client = aGuest();
      await client.addTurn('a', limits);
      await client.mustBegin('b', limits);
      await client.finish('b', 'x'.repeat(100_000));
      expect(await client.begin('c', limits)).toEqual(refusal('storage', null));
      expect(await put(client, 10, limits.limits)).toEqual({ limit: 'storage', retryAfterMs: null });
      await aGuest().addTurn('a', limits);
    });

    test('is given back by a delete, and taken again by its undo', async () => {
      const client = aGuest();
      await client.mustBegin('a', limits);
      await client.finish('a', 'x'.repeat(100_000));
      await store().remove(client.ref);
      expect(await isFull(client)).toBe(true);
      await store().restore(client.ref);
      expect(await client.begin('b', limits)).toEqual(refusal('storage', null));
      await store().clear(client.ref);
      client.now += UNDO_MS + 2 * HOUR_MS;
      expect(await isFull(client)).toBe(false);
    });

    test('counts turns before and after a restore together', async () => {
      const client = aGuest();
      for (const id of ['a', 'b']) {
        await client.mustBegin(id, limits);
        await client.finish(id, 'x'.repeat(55_000));
        if (id === 'a') await store().clear(client.ref);
      }
      await store().restore(client.ref);
      client.now += UNDO_MS + 2 * HOUR_MS;
      expect(await isFull(client)).toBe(true);
    });

    test('is given back when a session expires', async () => {
      const client = aGuest();
      const short = { ...limits, ttlMs: 4 * HOUR_MS };
      await client.mustBegin('a', short);
      await client.finish('a', 'x'.repeat(100_000));
      client.now += 3 * HOUR_MS;
      expect(await isFull(client)).toBe(true);
      client.now += 3 * HOUR_MS;
      expect(await isFull(client)).toBe(false);
    });

    test('counts what was stored before it was limited', async () => {
      const client = aGuest();
      await client.mustBegin('a');
      await client.finish('a', 'x'.repeat(100_000));
      await client.begin('b', limits);
      await client.finish('b').catch(() => undefined);
      expect(await client.begin('c', limits)).toEqual(refusal('storage', null));
    });

    test('lets exactly as many concurrent uploads through as fit', async () => {
      const client = aGuest();
      const results = await Promise.all(Array.from({ length: 12 }, () => put(client, 30_000, limits.limits)));
      expect(results.filter((result) => result === null)).toHaveLength(3);
      expect(results.filter((result) => result !== 'revoked' && result?.limit === 'storage')).toHaveLength(9);
    });

    test('counts an image that is uploaded again once, and gives it back when it is gone', async () => {
      const client = aGuest();
      const data = randomBytes(60_000);
      const image = { id: randomUUID(), type: 'image/png', width: 1, height: 1, data } as const;
      const upload = () =>
        store().putImage({
          owner: client.owner,
          image,
          ttlMs: 3 * DAY_MS,
          limits: { guest: { storageBytes: 100_000, images: perHour(2) } },
          now: client.now,
        });
      for (let n = 0; n < 5; n++) expect(await upload()).toBeNull();
      expect(await put(client, 60_000, limits.limits)).toMatchObject({ limit: 'storage' });
      client.now += 4 * DAY_MS + IMAGE_GRACE_MS;
      await client.addTurn('a');
      expect(await put(client, 60_000, limits.limits)).toBeNull();
    });

    test('uploads have a rate of their own', async () => {
      const client = aGuest();
      const some: Limits = { guest: { images: perHour(2) } };
      expect(await put(client, 10, some)).toBeNull();
      expect(await put(client, 10, some)).toBeNull();
      expect(await put(client, 10, some)).toEqual({ limit: 'images', retryAfterMs: HOUR_MS / 2 });
      await client.addTurn('a', { limits: some });
    });
  });

  test('a setting pauses turns, before any other limit and for new turns only', async () => {
    const client = aGuest();
    const pauseSetting = `pause-${randomUUID()}`;
    const some: Limits = { guest: { turns: perMinute(1) }, pauseSetting };
    await client.addTurn('a', { limits: some });
    await store().putSetting(pauseSetting, '1');
    const refused = { kind: 'limited', refusal: { limit: 'paused', retryAfterMs: null } };
    expect(await client.begin('b', { limits: some })).toEqual(refused);
    expect(await client.begin('b', { limits: { guest: {}, pauseSetting } })).toEqual(refused);
    expect(await client.begin('a', { limits: some })).toMatchObject({ kind: 'exists' });
    expect(await put(client, 10, some)).toBeNull();
    await store().putSetting(pauseSetting, null);
    expect(await client.begin('b', { limits: some })).toMatchObject({ refusal: { limit: 'turns' } });
    client.now += 60_000;
    await client.addTurn('b', { limits: some });
  });

  describe('a rate', () => {
    test('of any name gives the same answers as its definition', async () => {
      const step = fc.record({ after: fc.integer({ min: 0, max: 5_000 }), key: fc.nat({ max: 1 }) });
      const rates = fc.record({
        count: fc.integer({ min: 1, max: 9 }),
        periodMs: fc.constantFrom(1_000, 7_001, 60_000),
      });
      await fc.assert(
        fc.asyncProperty(rates, fc.array(step, { minLength: 1, maxLength: 20 }), async (rate, steps) => {
          const unique = randomUUID();
          const nextAt = [0, 0];
          let now = Date.now();
          for (const { after, key } of steps) {
            now += after;
            const expected = takeFrom(rate, nextAt[key] ?? 0, now);
            if ('nextAt' in expected) nextAt[key] = expected.nextAt;
            const next = takeFrom(rate, nextAt[key] ?? 0, now);
            expect(await store().takeRates({ rates: [{ name: `${unique}:${key}`, rate }], now })).toEqual({
              isTaken: 'nextAt' in expected,
              waitMs: 'nextAt' in next ? 0 : next.retryAfterMs,
            });
          }
        }),
        { numRuns: 40 },
      );
    });

    test('lets exactly as many of 50 concurrent takers through as it allows', async () => {
      const request = { rates: [{ name: randomUUID(), rate: perMinute(11) }], now: Date.now() };
      const answers = await Promise.all(Array.from({ length: 50 }, () => store().takeRates(request)));
      expect(answers.filter(({ isTaken }) => isTaken)).toHaveLength(11);
    });

    test('takes from several at once, or from none of them', async () => {
      const now = Date.now();
      const quick = { name: randomUUID(), rate: perMinute(3) };
      const slow = { name: randomUUID(), rate: perHour(1) };
      const take = (...rates: (typeof quick)[]) => store().takeRates({ rates, now });
      expect(await take(quick, slow)).toEqual({ isTaken: true, waitMs: HOUR_MS });
      expect(await take(quick, slow)).toEqual({ isTaken: false, waitMs: HOUR_MS });
      expect(await take(slow, quick)).toEqual({ isTaken: false, waitMs: HOUR_MS });
      expect(await take(quick)).toEqual({ isTaken: true, waitMs: 0 });
      expect(await take(quick)).toEqual({ isTaken: true, waitMs: 20_000 });
    });

    test('that was given back can be taken again, and never more than it allows', async () => {
      const now = Date.now();
      const rates = [
        { name: randomUUID(), rate: perMinute(2) },
        { name: randomUUID(), rate: perHour(1) },
      ];
      const take = () => store().takeRates({ rates, now });
      await take();
      await store().giveBackRates({ rates, now });
      expect(await take()).toEqual({ isTaken: true, waitMs: HOUR_MS });
      for (let n = 0; n < 4; n++) await store().giveBackRates({ rates, now });
      expect(await take()).toEqual({ isTaken: true, waitMs: HOUR_MS });
      expect(await take()).toEqual({ isTaken: false, waitMs: HOUR_MS });
    });
  });

  test('the counters of a day add up, whatever their names, and days are apart', async () => {
    const { now } = onAnUnusedDay();
    const name = 'tokens of ollama:qwen3:8b = 长';
    for (const value of [5, 7])
      await store().addToDay({ add: { turns: 1, cost: 0.5, [name]: value, none: 0 }, now });
    await store().addToDay({ add: { turns: 1 }, now: now + DAY_MS });
    expect(await store().dayCounts([dayOf(now), dayOf(now) + 1, dayOf(now) + 2])).toEqual([
      { turns: 2, cost: 1, [name]: 12 },
      { turns: 1 },
      {},
    ]);
  });

  test('says how much is stored in all', async () => {
    expect(await store().storedBytes()).toBeGreaterThan(1_000);
  });
}
