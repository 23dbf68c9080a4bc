import type { Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures';
import { watchScripts } from '../../support/page/loaded-scripts';
import { saveData } from '../../support/page/save-data';

/** Text of the scripts that no minifier changes. */
const PALETTE = 'aria-activedescendant';
const RENDERER = 'thematicBreakSequence';
/** Only loaded when a reply needs them. */
const ON_DEMAND = ['KaTeX parse error', 'suppressErrorRendering'];

const nextIdle = (page: Page) => page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));

test('a first visit loads the other parts while idle, after the first pointer movement or key press', async ({
  chat,
  context,
  page,
}) => {
  const scripts = watchScripts(page);
  await chat.open();
  await nextIdle(page);
  await page.waitForLoadState('networkidle');
  expect(await scripts.contain(PALETTE)).toBe(false);

  await page.mouse.move(200, 200);
  await expect.poll(() => scripts.contain(PALETTE)).toBe(true);
  await expect.poll(() => scripts.contain(RENDERER)).toBe(true);
  await page.waitForLoadState('networkidle');
  for (const text of ON_DEMAND) expect(await scripts.contain(text), text).toBe(false);

  await context.setOffline(true);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search and commands' })).toBeFocused();
});

test('a returning guest loads the other parts as soon as the browser is idle', async ({
  chat,
  context,
  page,
}) => {
  await chat.open();
  const scripts = watchScripts(page);
  await chat.reload();
  await expect.poll(() => scripts.contain(PALETTE)).toBe(true);
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Conversations', exact: true }).click();
  await expect(page.getByRole('dialog', { name: /Assistant/ })).toBeVisible();
});

test('nothing is loaded ahead where the browser asks to save data', async ({ chat, page }) => {
  await saveData(page);
  await chat.open();
  const scripts = watchScripts(page);
  await chat.reload();
  await page.mouse.move(200, 200);
  await nextIdle(page);
  await page.waitForLoadState('networkidle');
  expect(await scripts.contain(PALETTE)).toBe(false);
});
