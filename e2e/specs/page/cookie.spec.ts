import { expect, test } from '../../support/fixtures';

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
