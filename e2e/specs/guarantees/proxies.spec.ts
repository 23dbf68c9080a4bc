import { stringsFor } from '@/lib/chat/strings';
import { stringsWithStorage } from '@/lib/chat/strings/storage-failures';
import { expect, test } from '../../support/fixtures';
import { type HttpProxy, startHttpProxy } from '../../support/servers/http-proxy';

const strings = stringsFor('en');
const DELAYED = stringsWithStorage('en').failures.storage.delayed?.what ?? '';
const INTERCEPTED = stringsWithStorage('en').failures.storage.intercepted?.what ?? '';

let proxy: HttpProxy;

test.beforeEach(async ({ app, fake }) => {
  fake.reset();
  proxy = await startHttpProxy(app.url);
});
test.afterEach(() => proxy.close());

test('behind a proxy that holds streams back, a reply appears in steps while the model writes it', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] told through a proxy';
  await chat.open(proxy.url);
  proxy.holdsStreams = true;
  await chat.sendMessage(story);
  await fake.received(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');
  await expect(page.getByText(DELAYED)).toBeVisible();
  await expect(page.getByText(strings.pending.network)).toHaveCount(0);

  // The page reads the reply from the history after a reload, too.
  await chat.reload();
  await expect(chat.turn(story)).toContainText('part1 part2');
  await expect(page.getByText(DELAYED)).toBeVisible();
  fake.release({ contains: story });
  await chat.waitForReply(chat.turn(story));
  await expect(page.getByText(DELAYED)).toHaveCount(0);
  expect(proxy.sends).toBe(1);
});

test('a message whose answer a proxy lost can be discarded, and is gone from the server', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] told and taken back';
  await chat.open(proxy.url);
  await chat.ask('before');
  proxy.losesAnswers = true;
  await chat.sendPending(story, strings.pending.network);
  await fake.received(story);
  const lostAnswer = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.getByRole('button', { name: strings.pending.discard }).click();
  await expect(page.getByText(story)).toHaveCount(0);
  expect((await lostAnswer).status()).toBe(502);

  // Whether the server has removed it is not known: it is asked again as soon as it can be reached.
  proxy.losesAnswers = false;
  await chat.reload();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await chat.reload();
  await expect(chat.turn('before')).toBeVisible();
  await expect(chat.turns).toHaveCount(1);
});

test('a page of a proxy in place of the server is named, and the message waits', async ({ chat, page }) => {
  await chat.open(proxy.url);
  await page.route('**/api/**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Sign in</html>' }),
  );
  await chat.sendPending('said to a sign-in page', INTERCEPTED);
  await page.unroute('**/api/**');
  await chat.waitForReply(chat.turn('said to a sign-in page'));
});
