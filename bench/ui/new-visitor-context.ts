import type { Browser, BrowserContext } from '@playwright/test';

/** A browser context without cookies or storage, in English, with the screen of a laptop. */
export async function newVisitorContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  // tsx wraps functions in a helper, `__name`, which functions that run in the page would otherwise miss.
  await context.addInitScript('globalThis.__name = (made) => made');
  return context;
}
