import { describe, it } from 'vitest';
import { runCutPart } from './parts/cut-part';
import { runHistoryPart } from './parts/history-part';
import { summarize } from './parts/part-result';
import { seedFrom } from './random';

/** The short form of `npm run chaos`. Both tests mostly wait for leases to run out, so they run concurrently. */
const WITHIN_MS = 120_000;

describe.concurrent('no message is lost', () => {
  it(
    'when both servers and their Redis are killed while twenty clients use them',
    async ({ expect }) => {
      const seed = seedFrom(process.env);
      const result = await runHistoryPart({ seed, durationMs: 11_000 });
      console.log(`${summarize(result)} (CHAOS_SEED=${seed})`);
      expect(result.violations, `CHAOS_SEED=${seed}`).toEqual([]);
      // A run with few operations would prove little.
      expect(result.counts.acknowledgements).toBeGreaterThan(50);
      expect(result.counts['histories read']).toBeGreaterThan(10);
    },
    WITHIN_MS,
  );

  it(
    'when the client, the model or the server fails at any event boundary of a reply of 30 events',
    async ({ expect }) => {
      expect((await runCutPart('at once')).violations).toEqual([]);
    },
    WITHIN_MS,
  );
});
