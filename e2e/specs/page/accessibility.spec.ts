import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../../support/fixtures';
import { APPEARANCES, SCREENSHOTS } from '../../support/page/appearances';
import { axeViolations } from '../../support/page/axe-violations';
import { PAGE_STATES, StatePage } from '../../support/page/page-states';
import { scrolledParts } from '../../support/page/scrolled-parts';

const WIDTHS = [
  { width: 1280, height: 860 },
  { width: 390, height: 844 },
];
/** A screen of 1280 by 1024 at 400 % zoom. WCAG 1.4.10: nothing may scroll sideways. */
const ZOOMED = { width: 320, height: 256 };

test.beforeEach(({ fake }) => fake.reset());

for (const { language, locale, theme } of APPEARANCES)
  test.describe(`${language}, ${theme}`, () => {
    test.use({
      locale,
      colorScheme: theme,
      contextOptions: { reducedMotion: 'reduce' },
    });

    test('axe finds no problem in any state, on a wide screen or a phone', async ({ page, fake }) => {
      test.setTimeout(240_000);
      const stage = new StatePage(page, fake, language);
      for (const { name, reach } of PAGE_STATES) {
        await test.step(name, async () => {
          await page.setViewportSize({ width: 1280, height: 860 });
          await reach(stage);
          for (const size of WIDTHS) {
            await page.setViewportSize(size);
            expect.soft(await axeViolations(page), `${name}, ${size.width} px`).toEqual([]);
            if (SCREENSHOTS) await saveScreenshot(page, `${name}-${size.width}-${theme}-${language}`);
            if (theme === 'light')
              expect.soft(await scrolledParts(page), `${name}, ${size.width} px`).toEqual([]);
          }
          await page.setViewportSize(ZOOMED);
          if (theme === 'light')
            expect.soft(await scrolledParts(page), `${name}, ${ZOOMED.width} px`).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect.soft(wide, `${name}, ${ZOOMED.width} px`).toBeLessThanOrEqual(ZOOMED.width);
        });
      }
    });
  });

async function saveScreenshot(
  page: { screenshot(options: { path: string }): Promise<unknown> },
  name: string,
) {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name.replaceAll(' ', '-')}.png`) });
}
