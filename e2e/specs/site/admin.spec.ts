import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Language } from '@/lib/chat/language';
import { stringsFor } from '@/lib/chat/strings';
import { adminStrings } from '@/lib/chat/strings/admin';
import { turnFooterStrings } from '@/lib/chat/strings/turn-footer';
import { test as base, expect, fakeModelSettings } from '../../support/fixtures';
import { APPEARANCES, SCREENSHOTS } from '../../support/page/appearances';
import { axeViolations } from '../../support/page/axe-violations';
import { type AppServer, startAppServer } from '../../support/servers/app-server';

const TOKEN = 'admin-token-of-the-spec';

/** A server with an admin token. */
const test = base.extend<object, { app: AppServer }>({
  app: [
    async ({ fake }, use) => {
      const app = await startAppServer({ ...fakeModelSettings(fake), ADMIN_TOKEN: TOKEN });
      await use(app);
      await app.dispose();
    },
    { scope: 'worker' },
  ],
});

async function expectAccessible(page: Page, name: string) {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    expect.soft(await axeViolations(page), `${name}, ${width} px`).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(wide, `${name}, ${width} px`).toBeLessThanOrEqual(width);
    if (!SCREENSHOTS || width === 320) continue;
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `admin-${name}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 844 });
}

async function sendMessage(page: Page, language: Language, text: string) {
  await page.goto('/');
  await page.locator('#composer').fill(text);
  await page.locator('#composer').press('Enter');
  return stringsFor(language);
}

for (const { language, locale, theme } of APPEARANCES)
  test.describe(`${language}, ${theme}`, () => {
    test.use({ locale, colorScheme: theme, contextOptions: { reducedMotion: 'reduce' } });

    test('the owner signs in by keyboard, sees what is used, and stops new messages', async ({ page }) => {
      const strings = adminStrings(language);
      const name = (state: string) => `${state}-${language}-${theme}`;
      const { pending } = await sendMessage(page, language, 'Hello from a guest');
      await expect(
        page.getByRole('button', { name: turnFooterStrings(language).regenerate, exact: true }),
      ).toBeVisible();

      await page.goto('/admin');
      const token = page.getByLabel(strings.signIn.label);
      await token.focus();
      await page.keyboard.type('a wrong token of some length');
      await page.keyboard.press('Enter');
      await expect(page.getByText(strings.signIn.problems.token)).toBeVisible();
      await expectAccessible(page, name('sign-in'));
      await token.focus();
      await page.keyboard.type(TOKEN);
      await page.keyboard.press('Enter');

      await expect(page.getByRole('heading', { name: strings.title, exact: true })).toBeVisible();
      await expect(page.getByRole('row', { name: /openai:fake/ }).first()).toBeVisible();
      await expect(page.getByRole('img', { name: strings.days.turns })).toBeVisible();
      await page.getByText(strings.days.asTable).first().click();
      await expectAccessible(page, name('report'));
      expect(await page.content()).not.toContain('Hello from a guest');
      expect(await page.context().cookies()).toContainEqual(
        expect.objectContaining({ name: 'confab_admin', httpOnly: true, sameSite: 'Strict' }),
      );

      await page.getByRole('button', { name: strings.newMessages.pause }).press('Enter');
      await expect(page.getByText(strings.newMessages.pausedNote)).toBeVisible();
      await expectAccessible(page, name('paused'));
      await sendMessage(page, language, 'Sent during the pause');
      await expect(page.getByText(pending.paused)).toBeVisible();

      await page.goto('/admin');
      await page.getByRole('button', { name: strings.newMessages.resume }).press('Enter');
      await expect(page.getByText(strings.newMessages.open)).toBeVisible();
      await page.getByRole('button', { name: strings.signOut }).press('Enter');
      await expect(token).toBeVisible();

      await page.goto('/');
      await expect(page.getByRole('article').filter({ hasText: 'Sent during the pause' })).toBeVisible();
      await expect(page.getByText(pending.paused)).toBeHidden();
    });
  });

test('the page works without any script', async ({ browser, app }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  const page = await context.newPage();
  const strings = adminStrings('en');
  await page.goto(`${app.url}/admin`);
  await page.getByLabel(strings.signIn.label).fill(TOKEN);
  await page.getByRole('button', { name: strings.signIn.submit }).click();
  await expect(page.getByRole('img', { name: strings.days.tokens })).toBeVisible();
  await context.close();
});

test('the log of all this holds neither the token nor a message', async ({ app }) => {
  expect(app.output()).toContain('"event":"turn"');
  expect(app.output()).not.toContain(TOKEN);
  expect(app.output()).not.toContain('Hello from a guest');
});
