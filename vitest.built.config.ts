import { defineConfig } from 'vitest/config';
import unit, { builtTests } from './vitest.config.ts';

/** Tests that start and kill real processes of the production build. Run `npm run build` first. */
export default defineConfig({
  resolve: unit.resolve,
  test: {
    include: builtTests,
    // The tests spend most of their time waiting for leases and grace periods, so they can share two cores.
    maxConcurrency: 8,
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
