import type { Page } from '@playwright/test';

/** Holds all scripts that are asked for from now on, until the answer is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route('**/_next/static/**', async (route) => {
    await gate.promise;
    await route.continue();
  });
  return gate.resolve;
}
