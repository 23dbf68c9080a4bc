import { expect, test } from '../../support/fixtures';
import { seedAndSignIn } from '../../support/seed-conversation';

const PARAGRAPH =
  'Words that fill a line or two of the page, with **weight** and a [link](https://example.com/way).\n\n';

/** The 40th reply is longer than what a page renders at once. The first one is far from the window. */
const texts = (n: number) => ({
  message: `Question ${n}`,
  reply: `${n === 0 || n > 41 ? 'Here $E = mc^2$ stands.\n\n' : ''}${PARAGRAPH.repeat(n === 39 ? 160 : 3)}The **end** of reply ${n}.`,
});

/** The pages of a PDF, whose page objects are not compressed. */
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

test('a printed conversation is its turns from the first to the last, and nothing else', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 44, texts });
  await chat.open();
  await expect(page.getByText('The end of reply 43.')).toBeVisible();
  await expect(page.locator('article').last().locator('.katex')).toBeVisible();
  expect(await page.locator('[data-plain]').count()).toBeGreaterThan(0);

  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pagesOf(pdf)).toBeGreaterThan(8);
  await expect(page.locator('[data-plain]')).toHaveCount(0);
  expect(await page.locator('article').allInnerTexts()).toHaveLength(44);
  expect(await page.locator('article').nth(39).innerText()).toContain('The end of reply 39.');

  await expect(page.locator('article').first().locator('.katex')).toBeVisible();

  // The width of an A4 page without its margins.
  await page.setViewportSize({ width: 688, height: 1000 });
  await page.emulateMedia({ media: 'print' });
  for (const role of ['button', 'textbox', 'tab', 'tablist'] as const)
    await expect(page.getByRole(role), `no ${role} on paper`).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Skip' })).toHaveCount(0);
  const clipped = await page.evaluate(() => {
    const last = [...document.querySelectorAll('article')].at(-1);
    const boxes: string[] = [];
    for (let box = last?.parentElement; box; box = box.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(box);
      const isRoot = box === document.body || box === document.documentElement;
      if (!isRoot && (overflowY !== 'visible' || overflowX !== 'visible' || position === 'fixed'))
        boxes.push(`${box.tagName}.${box.className}: ${overflowX} ${overflowY} ${position}`);
      if (box.scrollWidth > innerWidth)
        boxes.push(`${box.tagName}.${box.className} is ${box.scrollWidth} px wide`);
    }
    return boxes;
  });
  expect(clipped).toEqual([]);
  const { bottom, height } = await page.evaluate(() => ({
    bottom: ([...document.querySelectorAll('article')].at(-1)?.getBoundingClientRect().bottom ?? 0) + scrollY,
    height: document.documentElement.scrollHeight,
  }));
  expect(bottom).toBeLessThanOrEqual(height);
  const address = await page
    .getByRole('link', { name: 'link' })
    .last()
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(address).toContain('https://example.com/way');
});

test('what does not fit a printed line is wrapped: code, tables and formulas', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('[[rich]] What fits on paper?');
  await page.setViewportSize({ width: 688, height: 1000 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('article *')]
      .filter((element) => element.getClientRects().length > 0 && !element.closest('svg, .katex-mathml'))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 30)}`),
  );
  expect(wide).toEqual([]);
  // Ink on white, also for who reads on a dark screen.
  expect(await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
});
