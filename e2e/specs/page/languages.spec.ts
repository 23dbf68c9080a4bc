import type { Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures';

const NAMES = {
  en: ['Assistant', 'Teacher', 'Programmer'],
  zh: ['智能助手', 'AI 老师', '编程专家'],
} as const;
const FIRST_MESSAGE = { en: 'Message Assistant', zh: '给智能助手发消息' } as const;

async function expectLanguage(page: Page, language: 'en' | 'zh'): Promise<void> {
  await expect(page.getByRole('textbox', { name: FIRST_MESSAGE[language] })).toBeVisible();
  for (const name of NAMES[language])
    await expect(page.getByRole('tab', { name: new RegExp(`^${name}`) })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`));
}

for (const { locale, first, other, otherName } of [
  { locale: 'en-GB', first: 'en', other: 'zh', otherName: '中文' },
  { locale: 'zh-CN', first: 'zh', other: 'en', otherName: 'English' },
] as const) {
  test.describe(`a browser set to ${locale}`, () => {
    test.use({ locale });

    test('gets the page in its language, already in the HTML', async ({ page, request }) => {
      const html = await (await request.get('/', { headers: { 'accept-language': locale } })).text();
      expect(html).toContain(NAMES[first][0]);
      expect(html).not.toContain(NAMES[other][1]);
      await page.goto('/');
      await expectLanguage(page, first);
    });

    test('can switch to the other language, which is kept after a reload', async ({ page }) => {
      await page.goto('/');
      await expectLanguage(page, first);
      await page.getByRole('radio', { name: otherName }).check();
      await expectLanguage(page, other);
      await page.reload();
      await expectLanguage(page, other);
    });

    test('fits a phone 390 px wide without scrolling sideways', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto('/');
      const composer = page.getByRole('textbox', { name: FIRST_MESSAGE[first] });
      await expect(composer).toBeVisible();
      await expect(page.getByRole('list', { name: /Suggestions|建议/ })).toBeVisible();
      expect(await widthOf(page)).toBeLessThanOrEqual(390);
      await composer.fill(`[[markdown]] ${'long'.repeat(60)}`);
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click();
      await expect(page.getByRole('article').getByText('The end.')).toBeVisible();
      await expect(page.getByRole('article').getByRole('table')).toBeVisible();
      expect(await widthOf(page)).toBeLessThanOrEqual(390);
      await expect(composer).toBeInViewport();
    });
  });
}

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);
