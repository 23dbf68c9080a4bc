import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** How much later the answers come, one after another, ms: long enough to be elsewhere by then. */
const LATE_MS = [450, 0, 250];

/** Histories come late on this page, as on a slow line: some after the person has gone on to another conversation. */
export async function makeHistoriesLate(page: Page): Promise<void> {
  let answers = 0;
  await page.route(/\/api\/chat\/history\?/, async (route) => {
    const late = LATE_MS[answers++ % LATE_MS.length] ?? 0;
    if (route.request().method() !== 'GET') return route.fallback();
    try {
      const response = await route.fetch();
      await pause(late);
      await route.fulfill({ response });
    } catch (error) {
      // A reload or the end of the walk took the page away, and with it who asked.
      if (!/closed|disposed|not found|handled/i.test(String(error))) throw error;
    }
  });
}
