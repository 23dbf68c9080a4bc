import type { Page, Response } from '@playwright/test';

/** Watches the scripts that a page loads from now on. Bodies are read when asked, so none is pending as a test ends. */
export function watchScripts(page: Page) {
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') responses.push(response);
  });
  const texts = () => Promise.all(responses.map((response) => response.text()));
  return {
    count: () => responses.length,
    contain: async (text: string | RegExp) => (await texts()).some((script) => script.search(text) >= 0),
  };
}
