import type { Page } from '@playwright/test';

/** From the next load on, the browser asks to save data: parts load only when they are wanted. */
export const saveData = (page: Page): Promise<unknown> =>
  page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
