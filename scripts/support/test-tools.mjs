import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { ROOT } from './root.mjs';
import { outputOf, run } from './run.mjs';

const DOWNLOAD_MS = 60_000;
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** The store's contract tests run against real Redis servers. */
export async function ensureRedis() {
  const version = () => outputOf('redis-server', ['--version']);
  if (version()) return;
  if (canUseApt()) await aptInstall('redis-server');
  else if (outputOf('brew', ['--version'])) await run('brew', ['install', 'redis']);
  if (!version())
    throw new Problem(
      'The tests need redis-server on the PATH. Install it (Debian: `apt-get install redis-server`; macOS: `brew install redis`), then run them again.',
    );
}

/** Makes the certificates of the tests that use TLS. */
export async function ensureOpenssl() {
  const version = () => outputOf('openssl', ['version']);
  if (!version() && canUseApt()) await aptInstall('openssl');
  if (!version())
    throw new Problem(
      'The tests need openssl on the PATH. Install it (Debian: `apt-get install openssl`), then run them again.',
    );
}

/**
 * Finds or installs Chromium: Playwright's own, or else the distribution's.
 * Returns its path if it is not Playwright's own, else null.
 */
export async function ensureChromium() {
  const configured = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (configured) return configured;
  if (hasPlaywrightChromium()) return null;
  if (existsSync(DEBIAN_CHROMIUM)) return DEBIAN_CHROMIUM;
  console.log("  downloading Playwright's Chromium");
  const download = await run('playwright', ['install', 'chromium'], { quiet: true, timeoutMs: DOWNLOAD_MS });
  if (download.code === 0 && hasPlaywrightChromium() && (await starts())) return null;
  if (canUseApt() && (await aptInstall('chromium')) && existsSync(DEBIAN_CHROMIUM)) return DEBIAN_CHROMIUM;
  throw new Problem(
    'The tests need Chromium. Run `npx playwright install --with-deps chromium` or install it (Debian: `apt-get install chromium`), then run them again.',
  );
}

/** Without a Chinese font the tests pass, but screenshots show boxes instead of Chinese text. */
export async function ensureChineseFont() {
  if (process.platform !== 'linux') return;
  const present = () => Boolean(outputOf('fc-list', [':lang=zh']));
  if (present()) return;
  if (canUseApt()) await aptInstall('fontconfig', 'fonts-noto-cjk');
  if (!present()) console.warn('  no Chinese font found: screenshots of the Chinese page will show boxes');
}

/** The path of a command, installed from its Debian package if it is missing; null if that is not possible. */
export async function ensureCommand(command, debianPackage) {
  const path = () => outputOf('sh', ['-c', `command -v ${command}`]);
  if (!path() && canUseApt()) await aptInstall(debianPackage);
  return path();
}

function hasPlaywrightChromium() {
  return existsSync(playwrightChromium().executablePath());
}

/** A downloaded browser may lack system libraries, in which case the distribution's package works better. */
async function starts() {
  return (
    (await run(playwrightChromium().executablePath(), ['--version'], { quiet: true, timeoutMs: 10_000 }))
      .code === 0
  );
}

const playwrightChromium = () => createRequire(join(ROOT, 'package.json'))('@playwright/test').chromium;

let hasUpdatedIndex = false;

/** Whether Debian packages can be installed on this machine without a password. */
function canUseApt() {
  return (
    outputOf('apt-get', ['--version']) !== null && (isRoot() || outputOf('sudo', ['-n', 'true']) !== null)
  );
}

/** Installs Debian packages and returns whether that succeeded. */
async function aptInstall(...packages) {
  console.log(`  installing ${packages.join(', ')} with apt-get`);
  if (!hasUpdatedIndex) hasUpdatedIndex = (await apt('update', '-q')).code === 0;
  const { code, output } = await apt('install', '-y', '-q', '--no-install-recommends', ...packages);
  if (code !== 0) console.error(output.trim().split('\n').slice(-5).join('\n'));
  return code === 0;
}

const isRoot = () => process.getuid?.() === 0;

function apt(...args) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = { quiet: true, env, timeoutMs: 600_000 };
  return isRoot() ? run('apt-get', args, options) : run('sudo', ['-n', 'apt-get', ...args], options);
}
