import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that need the production build; `vitest.built.config.ts` runs them. */
export const builtTests = ['e2e/faults/**/*.test.ts', 'e2e/chaos/**/*.test.ts'];

/** Tests that measure how long Chromium takes: a busy neighbour would fail them. */
const timedTests = ['e2e/markdown/**/*.test.{ts,tsx}'];

const shared = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: [
            'lib/**/*.test.{ts,tsx}',
            'components/**/*.test.{ts,tsx}',
            'e2e/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, ...builtTests, ...timedTests],
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'timed',
          include: timedTests,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
