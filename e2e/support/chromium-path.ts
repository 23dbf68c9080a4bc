import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** Debian's Chromium if Playwright's own is not installed. Undefined lets Playwright find its own. */
export function chromiumPath(): string | undefined {
  const configured = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (configured) return configured;
  return !existsSync(chromium.executablePath()) && existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined;
}

/** The command-line flags for every Chromium that tests and benchmarks start. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-background-networking'];
