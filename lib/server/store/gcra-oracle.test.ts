import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import createLimiter from 'redis-gcra';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { openStore } from './open-store';
import type { Store } from './store';

/** Our rates next to another implementation of the same algorithm, with the same requests at the same times. */
let server: RedisServer;
let client: Redis;
let stores: Store[];

beforeAll(async () => {
  server = await RedisServer.start();
  client = new Redis(server.url);
  stores = [
    await openStore({ driver: 'redis', urls: [server.url] }),
    await openStore({ driver: 'sqlite', path: ':memory:' }),
  ];
});

afterAll(async () => {
  client?.disconnect();
  for (const store of stores ?? []) await store.close();
  await server?.close();
});

/** Whole milliseconds for each step: the other implementation rounds fractions differently. */
const rates = fc.constantFrom(
  { count: 1, periodMs: 60_000 },
  { count: 3, periodMs: 60_000 },
  { count: 20, periodMs: 60_000 },
  { count: 60, periodMs: 60_000 },
  { count: 30, periodMs: 3_600_000 },
);
/** In steps of the rate: bursts, requests at its pace and just before and after it, and long absences. */
const waits = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.double({ min: 0, max: 3, noNaN: true }) },
  { weight: 3, arbitrary: fc.constantFrom(0.999, 1, 1.001) },
  { weight: 1, arbitrary: fc.constantFrom(30, 1_000) },
);

it('every rate takes and refuses what redis-gcra takes and refuses, with the same times to wait', async () => {
  const oracle = createLimiter({ redis: client });
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(rates, fc.array(waits, { minLength: 1, maxLength: 60 }), async (rate, steps) => {
      const name = randomUUID();
      let now = Date.now();
      for (const wait of steps) {
        now += Math.round((wait * rate.periodMs) / rate.count);
        const clock = vi.spyOn(Date, 'now').mockReturnValue(now);
        const expected = oracle.limit({
          key: name,
          burst: rate.count,
          rate: rate.count,
          period: rate.periodMs,
        });
        clock.mockRestore();
        const { limited, retryIn } = await expected;
        if (limited) refused += 1;
        for (const store of stores)
          expect(await store.takeRates({ rates: [{ name, rate }], now })).toMatchObject({
            isTaken: !limited,
            ...(limited && { waitMs: retryIn }),
          });
      }
    }),
    { numRuns: 150 },
  );
  expect(refused).toBeGreaterThan(50);
});
