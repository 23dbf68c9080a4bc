import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Problem } from './fail.mjs';
import { ROOT } from './root.mjs';
import { outputOf, run } from './run.mjs';
import { aptInstall, canUseApt } from './system-packages.mjs';

const DOWNLOAD_MS = 60_000;
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** The store's contract runs against real Redis servers. */
export async function ensureRedis() {
  const version = () => outputOf('redis-server', ['--version']);
  if (version()) return;
  if (canUseApt()) await aptInstall('redis-server');
  else if (outputOf('brew', ['--version'])) await run('brew', ['install', 'redis']);
  if (!version())
    throw new Problem(
      'The tests need redis-server on the PATH: install it (Debian: `apt-get install redis-server`, macOS: `brew install redis`), then run them again.',
    );
}

/**
 * Finds or fetches Chromium: Playwright's own, else the distribution's.
 * Answers its path where it is not Playwright's own, else null.
 */
export async function ensureChromium() {
  const given = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (given) return given;
  if (hasPlaywrightChromium()) return null;
  if (existsSync(DEBIAN_CHROMIUM)) return DEBIAN_CHROMIUM;
  console.log("  downloading Playwright's Chromium");
  const download = await run('playwright', ['install', 'chromium'], { quiet: true, timeoutMs: DOWNLOAD_MS });
  if (download.code === 0 && hasPlaywrightChromium() && (await starts())) return null;
  if (canUseApt() && (await aptInstall('chromium')) && existsSync(DEBIAN_CHROMIUM)) return DEBIAN_CHROMIUM;
  throw new Problem(
    'The tests need Chromium: run `npx playwright install --with-deps chromium`, or install it (Debian: `apt-get install chromium`), then run them again.',
  );
}

/** Chinese pages without a Chinese font are boxes; the tests pass, the screenshots do not look right. */
export async function ensureChineseFont() {
  if (process.platform !== 'linux') return;
  const present = () => Boolean(outputOf('fc-list', [':lang=zh']));
  if (present()) return;
  if (canUseApt()) await aptInstall('fontconfig', 'fonts-noto-cjk');
  if (!present()) console.warn('  no Chinese font: screenshots of the Chinese page will show boxes');
}

function hasPlaywrightChromium() {
  return existsSync(playwrightChromium().executablePath());
}

/** A downloaded browser may lack the libraries of the system: then the distribution's own is the better one. */
async function starts() {
  return (
    (await run(playwrightChromium().executablePath(), ['--version'], { quiet: true, timeoutMs: 10_000 }))
      .code === 0
  );
}

const playwrightChromium = () => createRequire(join(ROOT, 'package.json'))('@playwright/test').chromium;
