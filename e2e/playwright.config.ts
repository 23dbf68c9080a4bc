import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from './support/chromium-path';

const baseURL = process.env.E2E_BASE_URL;

/** With `E2E_BASE_URL`, only the smoke tests run, against that site, and no server is started. */
export default defineConfig({
  testDir: './specs',
  testMatch: baseURL ? 'smoke.spec.ts' : '*.spec.ts',
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  timeout: 120_000,
  forbidOnly: true,
  expect: { timeout: 20_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: {
    baseURL,
    // A site on loopback has a certificate of its own.
    ignoreHTTPSErrors: baseURL?.startsWith('https://localhost') === true,
    locale: 'en-US',
    colorScheme: 'light',
    // Taking screenshots all the time costs a quarter of the processor.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: true },
    launchOptions: {
      executablePath: chromiumPath(),
      args: CHROMIUM_ARGS,
    },
  },
  projects: [{ name: 'chromium' }],
});
