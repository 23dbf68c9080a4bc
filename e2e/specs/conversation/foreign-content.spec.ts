import type { Locator } from '@playwright/test';
import { aPng } from '@/lib/server/images/testing/sample-images';
import type { ChatPage } from '../../pages/chat-page';
import { expect, fakeModelSettings, test } from '../../support/fixtures';

import { startAppServer } from '../../support/servers/app-server';

test.beforeEach(({ fake }) => fake.reset());

const IMAGE = 'http://img.example.org/a.png';
const SECURE_IMAGE = 'https://img.example.org/a.png?b=1&c=2';

/** Lets the model repeat the text. */
async function reply(chat: ChatPage, text: string): Promise<Locator> {
  await chat.sendMessage(`Say\n\n${text}`);
  const turn = chat.turns.last();
  await chat.waitForReply(turn);
  return turn;
}

test.describe('an image of another site', () => {
  test('is opened in a tab, and nothing is requested for the page', async ({ chat, page, context, app }) => {
    await context.route('https://img.example.org/**', (route) => route.fulfill({ body: 'the image' }));
    await chat.open();
    const turn = await reply(chat, `![a tree](${SECURE_IMAGE})`);
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(app.url)) foreign.push(request.url());
    });
    const opened = context.waitForEvent('page');
    await turn.getByRole('link', { name: 'Open image from img.example.org in a new tab' }).click();
    expect((await opened).url()).toBe(SECURE_IMAGE);
    expect(foreign).toEqual([]);
  });

  test.describe('in Chinese', () => {
    test.use({ locale: 'zh-CN' });

    test('is opened in a tab, and the button says so', async ({ page }) => {
      await page.goto('/');
      const composer = page.getByRole('textbox', { name: /消息/ });
      await composer.fill(`说\n\n![树](${SECURE_IMAGE})`);
      await composer.press('Enter');
      await expect(
        page.getByRole('link', { name: '在新标签页中打开来自 img.example.org 的图片' }),
      ).toBeVisible();
    });
  });

  test('is shown in the reply where the server fetches it', async ({ chat, page, fake }) => {
    const server = await startAppServer({ ...fakeModelSettings(fake), REMOTE_IMAGES: 'on' });
    const fetched: string[] = [];
    await page.route('**/api/remote-image?*', (route) => {
      fetched.push(new URL(route.request().url()).searchParams.get('url') ?? '');
      return route.fulfill({ contentType: 'image/png', body: aPng({ width: 40, height: 30 }) });
    });
    await chat.open(server.url);
    const turn = await reply(chat, `![a tree](${SECURE_IMAGE}) ![a rock](${IMAGE})`);
    await expect(turn.getByRole('link', { name: 'a rock Open image from img.example.org' })).toBeVisible();
    expect(fetched).toEqual([]);
    await turn.getByRole('button', { name: 'Show image from img.example.org' }).click();
    const image = turn.getByRole('img', { name: 'a tree' });
    await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(40);
    expect(fetched).toEqual([SECURE_IMAGE]);
    await server.dispose();
  });

  test('can still be opened in a tab where the server could not fetch it', async ({ chat, fake }) => {
    const server = await startAppServer({ ...fakeModelSettings(fake), REMOTE_IMAGES: 'on' });
    await chat.open(server.url);
    const turn = await reply(chat, '![a tree](https://127.0.0.1/a.png)');
    await turn.getByRole('button', { name: 'Show image from 127.0.0.1' }).click();
    await expect(
      turn.getByRole('link', { name: 'Couldn’t load the image. Open image from 127.0.0.1' }),
    ).toBeVisible();
    await server.dispose();
  });
});

test('a formula paints nothing outside of its message', async ({ chat, page }) => {
  await chat.open();
  const turn = await reply(
    chat,
    'a $\\kern-10em\\text{LEFT}$\n\nb $\\kern20em\\kern14em\\text{RIGHT}$\n\nc $\\text{IN}$',
  );
  const isSeen = (text: string) =>
    turn
      .locator('.katex-html')
      .filter({ hasText: text })
      .locator('.text')
      .last()
      .evaluate((glyphs) => {
        const { left, top, width, height } = glyphs.getBoundingClientRect();
        const seen = document.elementFromPoint(left + width / 2, top + height / 2);
        return seen !== null && glyphs.closest('.katex')?.contains(seen) === true;
      });
  await expect(turn.locator('.katex')).toHaveCount(3);
  expect(await isSeen('IN')).toBe(true);
  expect(await isSeen('LEFT')).toBe(false);
  expect(await isSeen('RIGHT')).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);

  // Both are on the screen, and the edge of the message is what hides them.
  await turn.locator('[class*="prose"]').evaluateAll((all: HTMLElement[]) => {
    for (const one of all) one.style.overflow = 'visible';
  });
  expect(await isSeen('LEFT')).toBe(true);
  expect(await isSeen('RIGHT')).toBe(true);
});

test('a link shows where it leads if its text says otherwise', async ({ chat }) => {
  await chat.open();
  const turn = await reply(
    chat,
    '[bank.example](https://evil.example/) and [the docs](https://docs.example/)',
  );
  await expect(turn.getByRole('link', { name: 'bank.example (evil.example)' })).toBeVisible();
  await expect(turn.getByRole('link', { name: 'the docs', exact: true })).toBeVisible();
});

test('a diagram that would freeze the page is shown as its source, on each visit', async ({ chat, page }) => {
  await chat.open();
  const turn = await reply(chat, '```mermaid\nblock-beta\ncolumns 3\na space:100000000 b\n```');
  await expect(turn.getByText('This diagram couldn’t be rendered.', { exact: false })).toBeVisible();
  await chat.reload();
  await expect(page.getByText('This diagram couldn’t be rendered.', { exact: false })).toBeVisible();
  await expect(chat.composer).toBeEditable();
});
