import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const baseURL = process.env.E2E_BASE_URL;

/** Playwright's own Chromium where it could be downloaded; undefined lets Playwright find it. */
function executablePath(): string | undefined {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) return named;
  return !existsSync(chromium.executablePath()) && existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined;
}

/** With `E2E_BASE_URL` only the smoke part runs, against that site, and no server is started. */
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
    locale: 'en-US',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: executablePath(),
      args: ['--no-sandbox', '--disable-background-networking'],
    },
  },
  projects: [{ name: 'chromium' }],
});
