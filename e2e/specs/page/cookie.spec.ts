import { stringsFor } from '@/lib/chat/strings';
import { stringsWithStorage } from '@/lib/chat/strings/storage-failures';
import { ChatPage } from '../../pages/chat-page';
import { expect, test } from '../../support/fixtures';
import { startWithoutCookies } from '../../support/page/without-cookies';

const HINT = /isn’t keeping this site’s cookie/;

test('a browser that does not keep the cookie is told so before the first message', async ({
  chat,
  page,
}) => {
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    // The fetch itself has kept the cookie.
    await page.context().clearCookies();
    const { 'set-cookie': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await chat.open();
  await expect(page.getByText(HINT)).toBeVisible();
});

test('with cookies blocked the page says so before the first message, and sends none', async ({
  app,
}, info) => {
  const context = await startWithoutCookies(info.outputPath('profile'));
  try {
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    const chat = new ChatPage(page);
    await chat.open(app.url);
    await expect(page.getByRole('alert').getByText(HINT)).toBeVisible();
    await chat.composer.fill('Words that stay');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await chat.composer.press('Enter');
    await chat.send.click();
    // A later command of the same page, so what the first ones started would show by now.
    await chat.openAssistant('Teacher');
    await chat.openAssistant('Assistant');
    await expect(chat.composer).toHaveValue('Words that stay');
    expect(asked).not.toContain('/api/chat/stream');
    await expect(page.getByText(stringsFor('en').pending.sending)).toBeHidden();
    await expect(page.getByText(stringsFor('en').header.keptForever)).toBeHidden();
    await expect(chat.turns).toHaveCount(0);
    await expect(page.getByRole('button', { name: stringsFor('en').pages.reload })).toBeVisible();
    expect(problems).toEqual([]);
  } finally {
    await context.close();
  }
});

const NOT_STORED = stringsWithStorage('en').failures.storage.not_stored?.what ?? '';

for (const trouble of ['blocked', 'full'] as const)
  test(`with storage ${trouble}, a message gets its reply, and the page says what can be lost`, async ({
    chat,
    page,
  }) => {
    if (trouble === 'blocked')
      await page.addInitScript(() =>
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        }),
      );
    await chat.open();
    if (trouble === 'full')
      await page.evaluate(() => {
        for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2))
          for (let n = 0; ; n++)
            try {
              localStorage.setItem(`another ${size} ${n}`, 'x'.repeat(size));
            } catch {
              break;
            }
      });
    const note = page.locator('#composer-note').getByText(NOT_STORED);
    await expect(note).toBeHidden();
    await chat.composer.fill('Will this be lost?');
    await expect(note).toBeVisible();
    await chat.composer.fill('');
    await expect(note).toBeHidden();
    await chat.ask('Will this be lost?');
    await expect(note).toBeHidden();
    await chat.reload();
    await expect(chat.turn('Will this be lost?')).toBeVisible();
  });

test('a browser that keeps the cookie is told nothing of the kind', async ({ chat, page }) => {
  const answered = page.waitForResponse((response) => response.url().includes('/api/chat/sessions'));
  await chat.open();
  await (await answered).finished();
  await expect(page.getByText(HINT)).toBeHidden();
});

test('a guest of the first release is recognised, and gets a cookie of the new form', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('Who am I?');
  const [cookie] = await page.context().cookies();
  expect(cookie?.name).toMatch(/^confab_guest_[0-9a-f]{8}$/);
  await page.context().clearCookies();
  await page.context().addCookies([{ name: 'confab_guest', value: cookie?.value ?? '', url: page.url() }]);
  await chat.reload();
  await expect(chat.turn('Who am I?')).toBeVisible();
  expect((await page.context().cookies()).map(({ name }) => name).sort()).toEqual([
    'confab_guest',
    cookie?.name,
  ]);
});
