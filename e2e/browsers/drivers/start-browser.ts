import { existsSync, globSync } from 'node:fs';
import { type BrowserType, chromium, firefox, webkit } from '@playwright/test';
import { runCommand } from '@/e2e/deploy/run-command';
import { CHROMIUM_ARGS, chromiumPath } from '@/e2e/support/chromium-path';
import { NotAvailable } from '@/e2e/support/run-checks';
import { ensureChromium, ensureCommand } from '@/scripts/support/test-tools.mjs';
import type { BrowserDriver } from './browser-driver';
import { startFirefox } from './firefox-driver';
import { startChromiumWithoutCookies, startWithPlaywright } from './playwright-driver';
import { startWebKit, type WebKitPrograms } from './webkit-driver';

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;

export type Engine = (typeof ENGINES)[number];

const DOWNLOAD_MS = 3 * 60_000;

/**
 * Starts a browser with an empty profile: Playwright's own build if there is one, else Debian's, else whichever can be
 * installed. @throws NotAvailable with how to install it.
 */
export const startBrowser = (engine: Engine, cookies: Cookies): Promise<BrowserDriver> =>
  STARTERS[engine](cookies);

/** Whether the browser keeps cookies or is set to block all. */
export type Cookies = 'kept' | 'blocked';

const FIREFOX_COOKIES: Record<Cookies, Record<string, number>> = {
  kept: {},
  blocked: { 'network.cookie.cookieBehavior': 2 },
};
const MINIBROWSER_COOKIES: Record<Cookies, readonly string[]> = {
  kept: [],
  blocked: ['--cookies-policy=never'],
};

const STARTERS: Record<Engine, (cookies: Cookies) => Promise<BrowserDriver>> = {
  async chromium(cookies) {
    await ensureChromium();
    if (cookies === 'blocked') return startChromiumWithoutCookies();
    return startWithPlaywright(chromium, {
      label: 'Chromium',
      executablePath: chromiumPath(),
      args: CHROMIUM_ARGS,
    });
  },
  async firefox(cookies) {
    const firefoxUserPrefs = FIREFOX_COOKIES[cookies];
    const path = () => commandPath('firefox-esr', 'firefox');
    if (!isInstalled(firefox)) {
      const debian = await path();
      if (debian) return startFirefox(debian, firefoxUserPrefs);
      await download('firefox');
    }
    if (isInstalled(firefox)) return startWithPlaywright(firefox, { label: 'Firefox', firefoxUserPrefs });
    await ensureCommand('firefox-esr', 'firefox-esr');
    const installed = await path();
    if (installed) return startFirefox(installed, firefoxUserPrefs);
    throw new NotAvailable(
      'There is no Firefox. Run `npx playwright install --with-deps firefox`, or install it (Debian: `apt-get install firefox-esr`).',
    );
  },
  async webkit(cookies) {
    if (!isInstalled(webkit)) {
      const debian = await webKitPrograms();
      if (debian) return startWebKit(debian, MINIBROWSER_COOKIES[cookies]);
      await download('webkit');
    }
    if (isInstalled(webkit) && cookies === 'blocked')
      throw new NotAvailable('Playwright’s WebKit cannot block cookies.');
    if (isInstalled(webkit)) return startWithPlaywright(webkit, { label: 'WebKit' });
    await ensureCommand('WebKitWebDriver', 'webkit2gtk-driver');
    await ensureCommand('Xvfb', 'xvfb');
    const installed = await webKitPrograms();
    if (installed) return startWebKit(installed, MINIBROWSER_COOKIES[cookies]);
    throw new NotAvailable(
      'There is no WebKit. Run `npx playwright install --with-deps webkit`, or install it (Debian: `apt-get install webkit2gtk-driver xvfb`).',
    );
  },
};

const isInstalled = (type: BrowserType): boolean => existsSync(type.executablePath());

/** Not every network reaches Playwright's builds; then the browser stays missing. */
async function download(name: string): Promise<void> {
  console.log(`browsers: downloading Playwright’s ${name}`);
  await runCommand(['npx', 'playwright', 'install', name], { timeoutMs: DOWNLOAD_MS });
}

/** The path of the first of these commands that exists. */
async function commandPath(...commands: string[]): Promise<string | null> {
  for (const command of commands) {
    const { code, output } = await runCommand(['sh', '-c', `command -v ${command}`]);
    if (code === 0) return output.trim();
  }
  return null;
}

async function webKitPrograms(): Promise<WebKitPrograms | null> {
  const [driver, xvfb] = [await commandPath('WebKitWebDriver'), await commandPath('Xvfb')];
  const browser = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').toSorted().at(-1);
  return driver && xvfb && browser ? { driver, xvfb, browser } : null;
}
