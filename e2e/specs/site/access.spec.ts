import type { Page } from '@playwright/test';
import { stringsFor } from '@/lib/chat/strings';
import { accessStrings } from '@/lib/chat/strings/access';
import { test as base, expect, fakeModelSettings } from '../../support/fixtures';
import { APPEARANCES, SCREENSHOTS } from '../../support/page/appearances';
import { axeViolations } from '../../support/page/axe-violations';
import { startWithoutCookies } from '../../support/page/without-cookies';
import { type AppServer, startAppServer } from '../../support/servers/app-server';

const CODE = 'correct horse';

const test = base.extend<object, { closed: AppServer }>({
  closed: [
    async ({ fake }, use) => {
      const app = await startAppServer({ ...fakeModelSettings(fake), ACCESS_CODE: CODE });
      await use(app);
      await app.dispose();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ closed }, use) => use(closed.url),
});

const en = accessStrings('en');
const enter = async (page: Page, code: string) => {
  await page.getByLabel(en.label).fill(code);
  await page.keyboard.press('Enter');
};
/** Tries again until the wait after a wrong code is over. */
const comeIn = (page: Page) =>
  expect(async () => {
    // The last try may have been right, and only slow.
    if (!(await page.locator('#composer').isVisible()))
      await page.getByLabel(en.label).fill(CODE, { timeout: 1_000 });
    await page.keyboard.press('Enter');
    await expect(page.locator('#composer')).toBeVisible({ timeout: 5_000 });
  }).toPass();

test('a private server asks for the code first, and then shows the address that was wanted', async ({
  page,
}) => {
  const answers: number[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/')) answers.push(response.status());
  });
  await page.goto('/?note=1#turn=t-1');
  await expect(page.getByRole('heading', { level: 1, name: en.title })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/access');
  expect(answers).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
  await expect(page.getByLabel(en.label)).toBeFocused();

  await enter(page, 'wrong horse');
  await expect(page.locator('#access-problem')).toHaveText(en.wrong);
  await enter(page, 'wrong again');
  await expect(page.locator('#access-problem')).toHaveText(
    /Too many wrong codes. Wait \d+ seconds?, then try again./,
  );
  await comeIn(page);
  expect(page.url()).toMatch(/\/\?note=1(#turn=t-1)?$/);
  const [access] = (await page.context().cookies()).filter(({ name }) => name.includes('access'));
  expect(access).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await page.goto('/access');
  await expect(page.locator('#composer')).toBeVisible();
});

test('with cookies blocked the form says so, instead of asking again and again', async ({ closed }, info) => {
  const context = await startWithoutCookies(info.outputPath('profile'));
  try {
    const page = await context.newPage();
    await page.goto(closed.url);
    await expect(page.locator('#access-problem')).toHaveText(en.noCookies);
    await enter(page, CODE);
    await expect(page.locator('#access-problem')).toHaveText(en.noCookies);
  } finally {
    await context.close();
  }
});

test('no address leads to another site', async ({ page, closed }) => {
  for (const next of ['//evil.test/', '/.//evil.test', 'https://evil.test', '/\\evil.test', 'javascript:1']) {
    await page.context().clearCookies();
    await page.goto(`/access?next=${encodeURIComponent(next)}`);
    await comeIn(page);
    expect(new URL(page.url()).origin).toBe(closed.url);
    const response = await page.request.get(`/access?next=${encodeURIComponent(next)}`, { maxRedirects: 0 });
    expect(response.status()).toBe(307);
    expect(new URL(response.headers().location ?? '', closed.url).href).toBe(`${closed.url}/`);
  }
});

test('a page whose access ended says so, keeps the message and sends it after coming in again', async ({
  page,
}) => {
  const { failures, pages } = stringsFor('en');
  await page.goto('/');
  await comeIn(page);
  await page.locator('#composer').fill('half a thought');
  await page.context().clearCookies();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByRole('alert').filter({ hasText: failures.reasons.access_code.what })).toBeVisible({
    timeout: 40_000,
  });
  await page.locator('#composer').press('Enter');
  await expect(page.getByText(failures.kept.unsent)).toBeVisible();
  await page.getByRole('button', { name: pages.reload }).click();
  await comeIn(page);
  const conversation = page.getByRole('region', { name: /^Conversation with/ });
  await expect(conversation.getByText('half a thought', { exact: true })).toBeVisible();
  await expect(page.getByText(failures.kept.unsent)).toBeHidden();
});

for (const { language, locale, theme } of APPEARANCES)
  test.describe(`${language}, ${theme}`, () => {
    test.use({ locale, colorScheme: theme });

    test('the access page reads well in its language and theme', async ({ page }) => {
      const strings = accessStrings(language);
      await page.goto('/');
      await expect(page.getByRole('heading', { name: strings.title })).toBeVisible();
      await expect(page).toHaveTitle(strings.title);
      await page.getByLabel(strings.label).fill('wrong horse');
      await page.keyboard.press('Enter');
      await expect(page.locator('#access-problem')).not.toBeEmpty();
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: width === 320 ? 256 : 844 });
        expect(await axeViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        if (SCREENSHOTS)
          await page.screenshot({ path: `${SCREENSHOTS}/access-${width}-${theme}-${language}.png` });
      }
    });
  });
