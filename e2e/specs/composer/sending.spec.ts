import type { Page } from '@playwright/test';
import type { ChatPage } from '../../pages/chat-page';
import { expect, test } from '../../support/fixtures';

const STREAM = '**/api/chat/stream';

test.beforeEach(({ fake }) => fake.reset());

/** The turn ids that the page sent, in order. */
function sentTurnIds(page: Page): string[] {
  const ids: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/chat/stream'))
      ids.push(String(request.postDataJSON().turnId));
  });
  return ids;
}

test('the text stays in the composer until the server has acknowledged it', async ({ chat, page }) => {
  const gate = Promise.withResolvers<void>();
  await page.route(STREAM, async (route) => {
    await gate.promise;
    await route.continue();
  });
  await chat.open();
  await chat.composer.fill('not lost on the way');
  await chat.send.click();
  await expect(page.getByText('Sending…')).toBeVisible();
  await expect(chat.composer).toHaveValue('not lost on the way');
  gate.resolve();
  await expect(chat.composer).toHaveValue('');
  await chat.waitForReply(chat.turn('not lost on the way'));
});

test('a message that never reaches the server is pending, is retried and becomes one turn', async ({
  chat,
  fake,
  page,
}) => {
  const ids = sentTurnIds(page);
  await page.route(STREAM, (route) => route.abort('connectionfailed'));
  await chat.open();
  await chat.composer.fill('once only');
  await chat.composer.press('Enter');
  // The page asked the history, which answers.
  await expect(chat.pendingStatus('The server hasn’t received this yet.')).toBeVisible();
  // The message has left the composer, so it is on the page only once.
  await expect(chat.composer).toHaveValue('');
  await expect(page.getByText('once only', { exact: true })).toHaveCount(1);

  await page.unroute(STREAM);
  await chat.waitForReply(chat.turn('once only'));
  expect(ids.length).toBeGreaterThanOrEqual(2);
  expect(new Set(ids).size).toBe(1);
  await expectOneTurn(chat, fake);
});

test('a message that loses its response is found in the history, and is not sent again', async ({
  chat,
  fake,
  page,
}) => {
  const ids = sentTurnIds(page);
  await page.route(STREAM, async (route) => {
    await route.fetch();
    await route.abort('connectionfailed');
  });
  await chat.open();
  await chat.composer.fill('once only');
  await chat.composer.press('Enter');
  await chat.waitForReply(chat.turn('once only'));
  await expect(chat.composer).toHaveValue('');
  expect(ids).toHaveLength(1);
  await expectOneTurn(chat, fake);
});

async function expectOneTurn(chat: ChatPage, fake: { requests: readonly unknown[] }) {
  await expect(chat.turns).toHaveCount(1);
  await chat.reload();
  await expect(chat.turn('once only')).toBeVisible();
  await expect(chat.turns).toHaveCount(1);
  expect(fake.requests).toHaveLength(1);
}

test('a message that the server will never accept says why, and can be edited', async ({ chat, page }) => {
  await page.route(STREAM, (route) =>
    route.fulfill({ status: 413, json: { error: { code: 'too_large', message: 'too long' } } }),
  );
  await chat.open();
  await chat.composer.fill('to be said otherwise');
  await chat.composer.press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: 'The message is too long.' });
  await expect(alert).toContainText('Your message is saved here but not sent yet.');
  await expect(page.getByRole('button', { name: /^Try again/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(chat.composer).toHaveValue('to be said otherwise');
  await expect(alert).toHaveCount(0);

  await page.unroute(STREAM);
  await chat.ask('said otherwise');
  await expect(chat.turns).toHaveCount(1);
});

test('Stop keeps the text so far and closes the connection to the model', async ({ chat, fake }) => {
  const story = '[[hold]] stopped halfway';
  await chat.open();
  await chat.sendMessage(story);
  const [request] = await fake.received(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');
  await chat.stop.click();
  await expect(chat.turn(story)).toContainText('You stopped this reply.');
  await expect(chat.turn(story)).toContainText('part1 part2');
  expect((await fake.ended(request?.id ?? 0)).state).toBe('left');
  await chat.ask('and go on');
  await expect(chat.turns).toHaveCount(2);
});

test('Enter sends; Shift+Enter starts a new line', async ({ chat, page, fake }) => {
  await chat.open();
  await chat.composer.pressSequentially('one');
  await chat.composer.press('Shift+Enter');
  await chat.composer.pressSequentially('two');
  await expect(chat.composer).toHaveValue('one\ntwo');
  await chat.composer.press('Enter');
  await chat.waitForReply(page.getByRole('article'));
  expect((await fake.request(0)).lastUser).toBe('one\ntwo');
});

for (const { what, init } of [
  { what: 'while composing', init: { key: 'Enter', keyCode: 13, isComposing: true } },
  { what: 'as Safari sends it, keyCode 229', init: { key: 'Enter', keyCode: 229, isComposing: false } },
]) {
  test(`Enter that ends an IME composition (${what}) does not send`, async ({ chat, fake }) => {
    await chat.open();
    await chat.composer.fill('你好');
    const isUntouched = await chat.composer.evaluate(
      (field, given) =>
        field.dispatchEvent(new KeyboardEvent('keydown', { ...given, bubbles: true, cancelable: true })),
      init,
    );
    // Not handled, so that the input method receives the key.
    expect(isUntouched).toBe(true);
    await expect(chat.composer).toHaveValue('你好');
    await chat.composer.press('End');
    await chat.composer.pressSequentially('吗');
    await chat.ask(await chat.composer.inputValue());
    expect(fake.requests.map(({ lastUser }) => lastUser)).toEqual(['你好吗']);
  });
}

test('a reply runs no script, has no javascript: link and loads no image on its own', async ({
  chat,
  page,
}) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const nasty = [
    '<script>window.injected = 1</script>',
    '<img src="x" onerror="window.injected = 1">',
    '[press me](javascript:window.injected=1)',
    '![a pixel](http://tracker.invalid/pixel.png)',
    '[a good link](https://example.com/)',
  ].join(' ');
  await chat.open();
  const turn = await chat.ask(nasty);
  await expect(
    turn.getByRole('link', { name: /Open image from tracker\.invalid in a new tab/ }),
  ).toBeVisible();
  const good = turn.getByRole('link', { name: 'a good link' });
  await expect(good).toHaveAttribute('target', '_blank');
  await expect(good).toHaveAttribute('rel', /noopener/);
  await expect(turn.getByRole('link')).toHaveCount(2);
  await expect(turn.getByText('press me', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  expect(fetched.filter((url) => url.includes('tracker'))).toEqual([]);
});
