/**
 * `npm run bench`: the whole run, written to `docs/bench.md`. `npm run bench -- quick`: fewer rounds, printed only.
 * A part is a file in `bench/parts` that exports `run`, and a line here.
 */

const PARTS: Record<string, () => Promise<void>> = {
  server: async () => (await import('./parts/server')).run({ rounds: 5, keep: true }),
  budget: async () => (await import('./parts/budget')).run(),
  quick: async () => (await import('./parts/server')).run({ rounds: 2, keep: false }),
};

const [, , name = 'server'] = process.argv;
const part = PARTS[name];
if (!part) throw new Error(`There is no part ${name}; there are ${Object.keys(PARTS).join(', ')}.`);
await part();
// The readers' and the servers' channels would keep this process.
process.exit();
