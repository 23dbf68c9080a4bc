import { describe, it } from 'vitest';
import { runCutPart } from './cut-part';
import { runHistoryPart } from './history-part';
import { summaryOf } from './part';
import { seedOf } from './random';

/** The short forms of `npm run chaos`. Both mostly wait for leases to run out: they do it at the same time. */
const WITHIN_MS = 120_000;

describe.concurrent('nothing is lost', () => {
  it(
    'when twenty clients use two servers on one Redis, all of which are killed meanwhile',
    async ({ expect }) => {
      const seed = seedOf(process.env);
      const result = await runHistoryPart({ seed, durationMs: 11_000 });
      console.log(`${summaryOf(result)} (CHAOS_SEED=${seed})`);
      expect(result.violations, `CHAOS_SEED=${seed}`).toEqual([]);
      // A run in which little happened proves little.
      expect(result.counts.acknowledgements).toBeGreaterThan(50);
      expect(result.counts['histories read']).toBeGreaterThan(10);
    },
    WITHIN_MS,
  );

  it(
    'when client, model or server is cut at any event boundary of a reply of 30',
    async ({ expect }) => {
      expect((await runCutPart('at once')).violations).toEqual([]);
    },
    WITHIN_MS,
  );
});
