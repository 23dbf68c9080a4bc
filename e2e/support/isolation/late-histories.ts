import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** The delays of successive responses, in ms: long enough to have switched conversations by then. */
const LATE_MS = [450, 0, 250];

/** Delays history responses, as on a slow connection: some arrive after the person has switched conversations. */
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
      // A reload or the end of the walk closed the page that had asked.
      if (!/closed|disposed|not found|handled/i.test(String(error))) throw error;
    }
  });
}
