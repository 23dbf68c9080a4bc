import { stringsFor } from '@/lib/chat/strings';
import { guestStrings } from '@/lib/chat/strings/guest';
import { expect, test } from '../../support/fixtures';

const guest = guestStrings('en');
const { rail, failures, pages } = stringsFor('en');

test.beforeEach(({ fake }) => fake.reset());

test('devices are named and signed out by keyboard, and a signed-out page says so', async ({
  page,
  chat,
  browser,
  app,
}) => {
  await page.goto('/');
  await chat.ask('hello there');
  // The same guest in another browser.
  const context = await browser.newContext({ baseURL: app.url, locale: 'en-US' });
  await context.addCookies(await page.context().cookies());
  await page.reload();
  await page.getByRole('button', { name: rail.guest }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const row = dialog.getByRole('listitem').first();
  await expect(row).toContainText(guest.current);
  await row.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('My laptop');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('My laptop');
  await expect(row.getByRole('button').first()).toBeFocused();

  const other = await context.newPage();
  await other.goto('/');
  await expect(other.getByText('hello there').first()).toBeVisible();
  await other.locator('#composer').fill('half a thought');
  await dialog.getByRole('button', { name: guest.leave.button }).click();
  await expect(dialog.getByRole('button', { name: guest.cancel })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('hello there')).toHaveCount(0);

  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(other.getByRole('alert').filter({ hasText: failures.reasons.signed_out.what })).toBeVisible({
    timeout: 40_000,
  });
  await expect(other.locator('#composer')).toHaveValue('half a thought');
  await other.getByRole('button', { name: pages.reload }).click();
  await expect(other.locator('#composer')).toHaveValue('half a thought');
  await expect(other.getByText('hello there')).toHaveCount(0);
  await context.close();
});

test('deleting everything leaves nothing on the server or in the browser', async ({ page, chat, app }) => {
  await page.goto('/');
  await chat.ask('a text to delete');
  await expect.poll(() => app.hasStored('a text to delete')).toBe(true);
  await page.locator('#composer').fill('a draft to delete');
  await page.getByRole('button', { name: rail.guest }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: guest.erase.button }).click();
  await dialog.getByRole('button', { name: guest.erase.confirm }).click();
  await expect(page.getByText('a text to delete')).toHaveCount(0);
  await expect(page.locator('#composer')).toHaveValue('');
  await expect.poll(() => app.hasStored('a text to delete')).toBe(false);
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).not.toContain('to delete');
});
