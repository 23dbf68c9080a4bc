import type { Browser, BrowserContext } from '@playwright/test';

/** A browser that was never here, on a laptop, in English. */
export async function newVisitor(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  // tsx wraps functions in a helper that keeps their names; those that run in the page miss it there.
  await context.addInitScript('globalThis.__name = (made) => made');
  return context;
}
