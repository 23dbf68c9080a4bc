import { defineConfig, mergeConfig } from 'vitest/config';
import unit, { builtTests } from './vitest.config.ts';

/** Tests that do what they say to the production build (`npm run build` first): processes of their own, killed for real. */
export default mergeConfig(
  { ...unit, test: { ...unit.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: builtTests,
      // Each test waits more than it computes, for leases and graces to run out.
      maxConcurrency: 8,
      fileParallelism: false,
      testTimeout: 90_000,
      hookTimeout: 90_000,
    },
  }),
);
