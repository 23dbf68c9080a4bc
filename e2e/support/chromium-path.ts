import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** Playwright's own Chromium where it could be downloaded; undefined lets Playwright find it. */
export function chromiumPath(): string | undefined {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) return named;
  return !existsSync(chromium.executablePath()) && existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined;
}

/** What every Chromium of the tests and the bench is started with. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-background-networking'];
