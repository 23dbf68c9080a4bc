import { test as base, expect } from '@playwright/test';
import { ChatPage } from '../pages/chat-page';
import { startAppServer } from './servers/app-server';

/**
 * For specs that pass on any site: the one at `E2E_BASE_URL`, or else a server started here without any settings,
 * which uses the demo model.
 */
export const test = base.extend<{ chat: ChatPage }, { site: string }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const deployed = process.env.E2E_BASE_URL;
      if (deployed) return await use(deployed);
      const app = await startAppServer();
      await use(app.url);
      await app.dispose();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ site }, use) => use(site),
  chat: ({ page }, use) => use(new ChatPage(page)),
});

export { expect };
