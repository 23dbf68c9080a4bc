/**
 * `npm run bench` measures the server and writes `docs/bench.md`; `npm run bench -- quick` runs fewer rounds and only
 * prints the result. `-- ui` and `-- ui-quick` do the same for the page, in `docs/bench-ui.md`. `-- budget` records the
 * current size of the first load, which `npm test` then enforces.
 */

const PARTS: Record<string, () => Promise<void>> = {
  server: async () => (await import('./parts/server')).run({ rounds: 5, save: true }),
  // A round of the page takes five minutes.
  ui: async () => (await import('./parts/ui')).run({ rounds: 3, save: true }),
  'ui-quick': async () => (await import('./parts/ui')).run({ rounds: 1, save: false }),
  budget: async () => (await import('./parts/budget')).run(),
  quick: async () => (await import('./parts/server')).run({ rounds: 2, save: false }),
};

const [, , name = 'server'] = process.argv;
const part = PARTS[name];
if (!part) throw new Error(`There is no part named ${name}. The parts are ${Object.keys(PARTS).join(', ')}.`);
await part();
// Open IPC channels to the readers and servers would keep this process alive.
process.exit();
