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
/** A new one for each test, because what was tried stays in Redis. */
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

/** So far apart that nothing of an earlier test counts. */
const now = () => NOW + test * 24 * 60 * MINUTE;
const from = (id: string, change: Partial<Trier> = {}): Trier => ({
  secret: 'access',
  id: `${id} ${test}`,
  isKnown: false,
  ...change,
});
const wrong = () => null;
const right = () => 'let in';

describe('wrong tries', () => {
  it('of one address wait longer each time, whichever server they come to', async () => {
    const waits: number[] = [];
    let at = now();
    for (let n = 0; n < 12; n += 1) {
      const tried = await (n % 2 === 0 ? here : there).attempt(from('a'), at, wrong);
      if (tried.outcome !== 'wrong') throw new Error(`try ${n} was ${tried.outcome}`);
      waits.push(tried.waitMs);
      at += tried.waitMs;
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.slice(0, 2)).toEqual([SECOND, SECOND]);
    expect(waits[5]).toBeGreaterThanOrEqual(20 * SECOND);
    expect(waits.slice(-2)).toEqual([15 * MINUTE, 15 * MINUTE]);
  });

  it('are looked at once when many come to both servers at the same moment', async () => {
    let looked = 0;
    const look = () => {
      looked += 1;
      return null;
    };
    const many = Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? here : there).attempt(from('a'), now(), look),
    );
    expect((await Promise.all(many)).filter(({ outcome }) => outcome === 'wrong')).toHaveLength(1);
    expect(looked).toBe(1);
  });

  it('are not looked at while the wait runs, even if they are right', async () => {
    await here.attempt(from('a'), now(), wrong);
    expect(await there.attempt(from('a'), now() + 999, right)).toEqual({ outcome: 'too_early', waitMs: 1 });
    expect(await there.attempt(from('b'), now() + 999, right)).toMatchObject({ outcome: 'right' });
    expect(await there.attempt(from('a'), now() + SECOND, right)).toMatchObject({ outcome: 'right' });
  });

  it('do not wait longer because somebody asks during the wait', async () => {
    for (let n = 0; n < 3; n += 1) await here.attempt(from('a'), now() + n * SECOND, wrong);
    for (let ms = 2_000; ms < 10_000; ms += 100)
      expect((await there.attempt(from('a'), now() + ms, wrong)).outcome).toBe('too_early');
    expect((await there.attempt(from('a'), now() + 10_000, right)).outcome).toBe('right');
  });

  it('are forgotten after two and a half hours', async () => {
    for (let n = 0; n < 9; n += 1) await here.attempt(from('a'), now() + n * 2 * MINUTE, wrong);
    const tried = await there.attempt(from('a'), now() + 4 * 60 * MINUTE, wrong);
    expect(tried).toEqual({ outcome: 'wrong', waitMs: SECOND });
  });

  it('from many addresses are bounded in all, and the wait stays short', async () => {
    let looked = 0;
    for (let n = 0; n < 500; n += 1) {
      const server = n % 2 === 0 ? here : there;
      const tried = await server.attempt(from(`address-${n}`), now() + n * 100, wrong);
      if (tried.outcome === 'wrong') looked += 1;
      else
        expect(tried).toMatchObject({
          outcome: 'too_early',
          waitMs: expect.toSatisfy((ms) => ms <= 5 * SECOND),
        });
    }
    expect(looked).toBe(20 + 9);
  });

  it('of strangers do not keep out a browser that was let in before, and the admin token counts apart', async () => {
    for (let n = 0; n < 25; n += 1) await here.attempt(from(`address-${n}`), now(), wrong);
    expect((await there.attempt(from('a'), now(), right)).outcome).toBe('too_early');
    expect((await there.attempt(from('a', { isKnown: true }), now(), right)).outcome).toBe('right');
    expect((await there.attempt(from('a', { secret: 'admin' }), now(), right)).outcome).toBe('right');
  });
});

it('right tries cost nothing, so that a whole office can come in from one address', async () => {
  for (let n = 0; n < 50; n += 1)
    expect((await (n % 2 === 0 ? here : there).attempt(from('office'), now(), right)).outcome).toBe('right');
});

describe('while the store does not answer', () => {
  const down: ConstructorParameters<typeof SignInTries>[0] = {
    takeRates: () => Promise.reject(new Error('connect ECONNREFUSED')),
    giveBackRates: () => Promise.reject(new Error('connect ECONNREFUSED')),
  };

  it('the owner comes in, and guessing is as slow as ever', async () => {
    const alone = new SignInTries(down);
    expect((await alone.attempt(from('a'), now(), wrong)).outcome).toBe('wrong');
    expect(await alone.attempt(from('a'), now(), right)).toEqual({ outcome: 'too_early', waitMs: SECOND });
    expect((await alone.attempt(from('a'), now() + SECOND, right)).outcome).toBe('right');
    let looked = 0;
    for (let n = 0; n < 500; n += 1)
      if ((await alone.attempt(from(`address-${n}`), now() + SECOND, wrong)).outcome === 'wrong') looked += 1;
    expect(looked).toBeLessThanOrEqual(20);
  });

  it('what was tried before still counts', async () => {
    let isDown = false;
    const tries = new SignInTries({
      takeRates: (request) => (isDown ? down : stores[0]).takeRates(request),
      giveBackRates: (request) => (isDown ? down : stores[0]).giveBackRates(request),
    });
    for (let n = 0; n < 3; n += 1) await tries.attempt(from('a'), now() + n * SECOND, wrong);
    isDown = true;
    expect((await tries.attempt(from('a'), now() + 3 * SECOND, right)).outcome).toBe('too_early');
  });
});
