import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { openStore } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';
import { SignInTries, type Trier } from './sign-in-tries';

const NOW = 1_800_000_000_000;
const SECOND = 1_000;
const MINUTE = 60_000;

/** Two servers on one Redis. */
let redis: RedisServer;
let stores: [Store, Store];
let here: SignInTries;
let there: SignInTries;
/** The number of the test, because its tries stay in Redis. */
let test = 0;

beforeAll(async () => {
  redis = await RedisServer.start();
  const open = () => openStore({ driver: 'redis', urls: [redis.url] });
  stores = [await open(), await open()];
});
afterAll(async () => {
  for (const store of stores ?? []) await store.close();
  await redis?.close();
});
beforeEach(() => {
  test += 1;
  [here, there] = [new SignInTries(stores[0]), new SignInTries(stores[1])];
});

/** So far apart that no try of an earlier test counts. */
const now = () => NOW + test * 24 * 60 * MINUTE;
const from = (id: string, change: Partial<Trier> = {}): Trier => ({
  secret: 'access',
  id: `${id} ${test}`,
  wasLetIn: false,
  ...change,
});
const wrong = () => null;
const right = () => 'let in';

describe('wrong tries', () => {
  it('from one address wait longer each time, on whichever server', async () => {
    const waits: number[] = [];
    let at = now();
    for (let n = 0; n < 12; n += 1) {
      const tried = await (n % 2 === 0 ? here : there).try(from('a'), at, wrong);
      if (tried.outcome !== 'wrong') throw new Error(`try ${n} was ${tried.outcome}`);
      waits.push(tried.waitMs);
      at += tried.waitMs;
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.slice(0, 2)).toEqual([SECOND, SECOND]);
    expect(waits[5]).toBeGreaterThanOrEqual(20 * SECOND);
    expect(waits.slice(-2)).toEqual([15 * MINUTE, 15 * MINUTE]);
  });

  it('are checked only once when many reach both servers at the same moment', async () => {
    let looked = 0;
    const look = () => {
      looked += 1;
      return null;
    };
    const many = Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? here : there).try(from('a'), now(), look),
    );
    expect((await Promise.all(many)).filter(({ outcome }) => outcome === 'wrong')).toHaveLength(1);
    expect(looked).toBe(1);
  });

  it('are not checked before the wait is over, even if they are right', async () => {
    await here.try(from('a'), now(), wrong);
    expect(await there.try(from('a'), now() + 999, right)).toEqual({ outcome: 'too_early', waitMs: 1 });
    expect(await there.try(from('b'), now() + 999, right)).toMatchObject({ outcome: 'right' });
    expect(await there.try(from('a'), now() + SECOND, right)).toMatchObject({ outcome: 'right' });
  });

  it('that come too early do not make the wait longer', async () => {
    for (let n = 0; n < 3; n += 1) await here.try(from('a'), now() + n * SECOND, wrong);
    for (let ms = 2_000; ms < 10_000; ms += 100)
      expect((await there.try(from('a'), now() + ms, wrong)).outcome).toBe('too_early');
    expect((await there.try(from('a'), now() + 10_000, right)).outcome).toBe('right');
  });

  it('are forgotten after two and a half hours', async () => {
    for (let n = 0; n < 9; n += 1) await here.try(from('a'), now() + n * 2 * MINUTE, wrong);
    const tried = await there.try(from('a'), now() + 4 * 60 * MINUTE, wrong);
    expect(tried).toEqual({ outcome: 'wrong', waitMs: SECOND });
  });

  it('from many addresses are bounded together, with a short wait', async () => {
    let looked = 0;
    for (let n = 0; n < 500; n += 1) {
      const server = n % 2 === 0 ? here : there;
      const tried = await server.try(from(`address-${n}`), now() + n * 100, wrong);
      if (tried.outcome === 'wrong') looked += 1;
      else
        expect(tried).toMatchObject({
          outcome: 'too_early',
          waitMs: expect.toSatisfy((ms) => ms <= 5 * SECOND),
        });
    }
    expect(looked).toBe(20 + 9);
  });

  it('of strangers do not keep out a browser that was let in before, or the owner with the admin token', async () => {
    for (let n = 0; n < 25; n += 1) await here.try(from(`address-${n}`), now(), wrong);
    expect((await there.try(from('a'), now(), right)).outcome).toBe('too_early');
    expect((await there.try(from('a', { wasLetIn: true }), now(), right)).outcome).toBe('right');
    expect((await there.try(from('a', { secret: 'admin' }), now(), right)).outcome).toBe('right');
  });
});

it('right tries cost nothing, so that a whole office can sign in from one address', async () => {
  for (let n = 0; n < 50; n += 1)
    expect((await (n % 2 === 0 ? here : there).try(from('office'), now(), right)).outcome).toBe('right');
});

describe('while the store does not answer', () => {
  const down: ConstructorParameters<typeof SignInTries>[0] = {
    takeRates: () => Promise.reject(new Error('connect ECONNREFUSED')),
    giveBackRates: () => Promise.reject(new Error('connect ECONNREFUSED')),
  };

  it('the owner can sign in, and guessing is as slow as before', async () => {
    const alone = new SignInTries(down);
    expect((await alone.try(from('a'), now(), wrong)).outcome).toBe('wrong');
    expect(await alone.try(from('a'), now(), right)).toEqual({ outcome: 'too_early', waitMs: SECOND });
    expect((await alone.try(from('a'), now() + SECOND, right)).outcome).toBe('right');
    let looked = 0;
    for (let n = 0; n < 500; n += 1)
      if ((await alone.try(from(`address-${n}`), now() + SECOND, wrong)).outcome === 'wrong') looked += 1;
    expect(looked).toBeLessThanOrEqual(20);
  });

  it('earlier tries still count', async () => {
    let isDown = false;
    const tries = new SignInTries({
      takeRates: (request) => (isDown ? down : stores[0]).takeRates(request),
      giveBackRates: (request) => (isDown ? down : stores[0]).giveBackRates(request),
    });
    for (let n = 0; n < 3; n += 1) await tries.try(from('a'), now() + n * SECOND, wrong);
    isDown = true;
    expect((await tries.try(from('a'), now() + 3 * SECOND, right)).outcome).toBe('too_early');
  });
});
