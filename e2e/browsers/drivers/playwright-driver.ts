import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserType, Page } from '@playwright/test';
import { startWithoutCookies } from '@/e2e/support/page/without-cookies';
import type { BrowserDriver } from './browser-driver';

interface Launch {
  label: string;
  /** Undefined: Playwright's own build. */
  executablePath?: string | undefined;
  args?: string[];
  /** Firefox's settings. */
  firefoxUserPrefs?: Record<string, number>;
}

const VIEWPORT = { width: 1280, height: 800 };

/** A browser that Playwright drives: Chromium, or its own builds of Firefox and WebKit. */
export async function startWithPlaywright(
  type: BrowserType,
  { label, ...options }: Launch,
): Promise<BrowserDriver> {
  const browser = await type.launch(options);
  const page = await browser.newPage({ locale: 'en-US', viewport: VIEWPORT });
  return overPage(`${label} ${browser.version()}`, page, () => browser.close());
}

/** Chromium with the setting that blocks all cookies. */
export async function startChromiumWithoutCookies(): Promise<BrowserDriver> {
  const profile = await mkdtemp(join(tmpdir(), 'confab-chromium-'));
  const context = await startWithoutCookies(profile);
  const page = await context.newPage();
  await page.setViewportSize(VIEWPORT);
  return overPage(`Chromium ${context.browser()?.version() ?? ''}`, page, async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
}

const overPage = (name: string, page: Page, close: () => Promise<void>): BrowserDriver => ({
  name,
  goTo: async (address) => void (await page.goto(address)),
  evaluate: async (expression) => String(await page.evaluate(expression)),
  click: ({ x, y }) => page.mouse.click(x, y),
  async wheel({ x, y }, pixels) {
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, pixels);
  },
  press: (keys) =>
    keys.length === 1 && keys[0]?.length === 1
      ? page.keyboard.type(keys[0])
      : page.keyboard.press(keys.join('+')),
  resize: (width, height) => page.setViewportSize({ width, height }),
  screenshot: () => page.screenshot(),
  close,
});
