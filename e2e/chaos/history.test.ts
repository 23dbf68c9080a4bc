import { expect, it } from 'vitest';
import { runHistoryPart } from './history-part';
import { summaryOf } from './part';
import { seedOf } from './random';

it('twenty clients on two servers and one Redis, killed in between: nothing is lost, doubled or misplaced', async () => {
  const seed = seedOf(process.env);
  const result = await runHistoryPart({ seed, durationMs: 11_000 });
  console.log(`${summaryOf(result)} (CHAOS_SEED=${seed})`);
  expect(result.violations, `CHAOS_SEED=${seed}`).toEqual([]);
  // A run in which little happened proves little.
  expect(result.counts.acknowledgements).toBeGreaterThan(50);
  expect(result.counts['histories read']).toBeGreaterThan(10);
}, 120_000);
