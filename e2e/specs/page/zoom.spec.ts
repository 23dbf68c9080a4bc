import type { Page } from '@playwright/test';
import { ConversationView } from '../../pages/conversation-view';
import { expect } from '../../support/fixtures';
import { longReply, test } from '../../support/page/long-replies';
import { overlap } from '../../support/page/overlap';
import { scrolledParts } from '../../support/page/scrolled-parts';
import { drawTestImage } from '../../support/page/test-images';
import { seedAndSignIn } from '../../support/seed-conversation';

test.beforeEach(({ fake }) => fake.reset());

/** The share of the window that the conversation has, without what lies over it. */
const shareOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const view = document.querySelector('[data-window]')?.getBoundingClientRect();
    if (!view) return 0;
    const covering = Array.from(document.querySelectorAll('header, aside'), (element) =>
      element.getBoundingClientRect(),
    )
      .filter(({ left, right, width }) => width > 0 && left < view.right && right > view.left)
      .map(({ bottom }) => bottom);
    return (view.bottom - Math.max(view.top, ...covering)) / innerHeight;
  });

for (const { name, width, height, share } of [
  { name: '400 % zoom', width: 320, height: 256, share: 0.7 },
  { name: '200 % zoom', width: 640, height: 400, share: 0.75 },
  { name: 'a phone on its side', width: 844, height: 390, share: 0.75 },
])
  test(`at ${name} the conversation has the window, and the header is one step up`, async ({
    app,
    chat,
    context,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await seedAndSignIn(app, context, { turns: 12, texts: longReply });
    const view = new ConversationView(page);
    await chat.open();
    await view.expectAtEnd();
    await expect.poll(() => shareOf(page)).toBeGreaterThan(share);
    await expect(chat.composer).toBeInViewport();
    await expect(chat.send).toBeInViewport();
    await expect(page.getByRole('combobox', { name: 'Model' })).toBeVisible();
    const [field, send] = [await chat.composer.boundingBox(), await chat.send.boundingBox()];
    expect(overlap({ ...send, x: 0, width } as typeof send, field), 'on one line').toBe(true);

    // Nothing moves when the header comes back.
    const list = page.getByRole('button', { name: 'Conversations', exact: true });
    await expect(list).not.toBeInViewport();
    const text = page.getByText('Paragraph 11 of reply 11.');
    const before = await text.boundingBox();
    await page.mouse.move(width * 0.7, height * 0.65);
    await page.mouse.wheel(0, -60);
    await expect(list).toBeInViewport();
    await expect(chat.assistantTab('Teacher')).toBeInViewport();
    expect((await text.boundingBox())?.y).toBeCloseTo((before?.y ?? 0) + 60, 0);
    await page.mouse.wheel(0, 60);
    await expect(list).not.toBeInViewport();
    // By keyboard they are there at once.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    await expect(focused).toBeInViewport();
    await list.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(list).toBeFocused();
    await expect(list).toBeInViewport();
    expect(await scrolledParts(page)).toEqual([]);
    await list.click();
    await expect(chat.menu.dialog).toBeVisible();
  });

test('with text of 200 % the icons, the rail and the buttons grow too, and nothing is cut', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 3, texts: longReply });
  await chat.open();
  const sizes = () =>
    page.evaluate(() =>
      ['aside', 'header svg', '[data-speech=reply] svg', 'main button svg', 'textarea'].map((selector) => {
        const element = document.querySelector(selector);
        return element ? Math.round(element.getBoundingClientRect().width) : 0;
      }),
    );
  const usual = await sizes();
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  const [rail = 0, ...icons] = await sizes();
  expect(rail).toBeGreaterThan((usual[0] ?? 0) * 1.6);
  expect(icons.slice(0, 3)).toEqual(usual.slice(1, 4).map((size) => size * 2));
  for (const size of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    for (const control of [chat.send, page.getByRole('button', { name: 'Conversations', exact: true })])
      await expect(control).toBeInViewport({ ratio: 1 });
  }
});

test('on a phone, a table that is cut fades at the edge where it goes on, and a photo is low', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.open();
  const turn = await chat.ask('[[rich]] a wide table');
  const table = turn.getByRole('region', { name: 'Table' });
  await table.scrollIntoViewIfNeeded();
  const fades = () =>
    table.evaluate((element) => {
      const style = getComputedStyle(element);
      return ['--fade-start', '--fade-end'].map((name) => Number.parseFloat(style.getPropertyValue(name)));
    });
  await expect.poll(fades).toEqual([0, 36]);
  await table.evaluate((element) => element.scrollTo({ left: 9999, behavior: 'instant' }));
  await expect.poll(fades).toEqual([36, 0]);
  // A table that fits does not fade.
  const narrow = await chat.ask('[[markdown]] a narrow table');
  const fitting = narrow.getByRole('region', { name: 'Table' });
  expect(await fitting.evaluate((element) => getComputedStyle(element).getPropertyValue('--fade-end'))).toBe(
    '0px',
  );

  await page.getByRole('combobox', { name: 'Model' }).selectOption('openai:fake-vision');
  for (const [name, width, height] of [
    ['upright.png', 600, 1200],
    ['across.png', 1200, 600],
    ['strip.png', 60, 1200],
  ] as const) {
    await page.locator('input[type=file]').setInputFiles(await drawTestImage(page, { name, width, height }));
    await expect(page.getByRole('button', { name: 'Remove image 1' })).toBeVisible();
    const photo = (await chat.ask(`a photo: ${name}`)).getByRole('img', { name: 'Attached image' });
    const box = await photo.boundingBox();
    expect(box?.height, name).toBeLessThanOrEqual(200);
    expect(box?.width, name).toBeGreaterThanOrEqual(60);
    await photo.click();
    const large = page.getByRole('dialog').getByRole('img');
    await expect(large).toBeVisible();
    if (height > width) expect((await large.boundingBox())?.height).toBeGreaterThan(400);
    await page.keyboard.press('Escape');
  }
});
