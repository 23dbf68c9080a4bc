/**
 * `npm run bench`: the whole run of the server, written to `docs/bench.md`. `npm run bench -- quick`: fewer rounds,
 * printed only. `-- ui`, `-- ui-quick`: the same of the page, `docs/bench-ui.md`. `-- budget`: the first load as it is
 * now becomes what `npm test` holds.
 * A part is a file in `bench/parts` that exports `run`, and a line here.
 */

const PARTS: Record<string, () => Promise<void>> = {
  server: async () => (await import('./parts/server')).run({ rounds: 5, keep: true }),
  // A round takes five minutes.
  ui: async () => (await import('./parts/ui')).run({ rounds: 3, keep: true }),
  'ui-quick': async () => (await import('./parts/ui')).run({ rounds: 1, keep: false }),
  budget: async () => (await import('./parts/budget')).run(),
  quick: async () => (await import('./parts/server')).run({ rounds: 2, keep: false }),
};

const [, , name = 'server'] = process.argv;
const part = PARTS[name];
if (!part) throw new Error(`There is no part ${name}; there are ${Object.keys(PARTS).join(', ')}.`);
await part();
// The readers' and the servers' channels would keep this process.
process.exit();
