import type { Page } from '@playwright/test';

/** Holds every script requested from now on, until the returned function is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route('**/_next/static/**', async (route) => {
    await gate.promise;
    await route.continue();
  });
  return gate.resolve;
}
