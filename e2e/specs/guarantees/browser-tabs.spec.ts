import type { Page } from '@playwright/test';
import type { ChatPage } from '../../pages/chat-page';
import { expect, test } from '../../support/fixtures';
import { recordSends } from '../../support/page/sent-messages';

test.beforeEach(({ fake }) => fake.reset());

/** A change should appear in the other browser tab within a second; the rest is margin for a busy machine. */
const SOON = { timeout: 5000 };

/** Records the page's API requests from now on, as `METHOD /path`. */
function watchApi(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/chat/')) seen.push(`${request.method()} ${pathname}`);
  });
  return seen;
}

/** Opens a second browser tab with the same conversation. */
async function openSecondTab(chat: ChatPage, said: string): Promise<ChatPage> {
  const other = chat.on(await chat.page.context().newPage());
  await other.open();
  await expect(other.turn(said)).toBeVisible();
  return other;
}

test('a reply requested in one browser tab streams in the other, and can be stopped from there', async ({
  chat,
  fake,
}) => {
  const story = '[[hold]] told to two tabs';
  await chat.open();
  await chat.ask('hello');
  const other = await openSecondTab(chat, 'hello');
  const api = watchApi(other.page);
  await chat.sendMessage(story);
  const [request] = await fake.received(story);
  await expect(other.turn(story)).toBeVisible(SOON);
  fake.release({ contains: story, count: 2 });
  for (const tab of [chat, other]) await expect(tab.turn(story)).toContainText('part1 part2', SOON);

  await other.stop.click();
  for (const tab of [chat, other])
    await expect(tab.turn(story)).toContainText('You stopped this reply.', SOON);
  expect((await fake.ended(request?.id ?? 0)).state).toBe('left');
  // The other tab was notified of the turn: it follows once, loads no history and sends only the stop.
  expect(api.filter((one) => one !== 'GET /api/chat/sessions')).toEqual([
    'GET /api/chat/stream',
    'DELETE /api/chat/stream',
  ]);
});

test('a rename in one browser tab appears in the other without a request', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('the first words');
  const other = await openSecondTab(chat, 'the first words');
  const api = watchApi(other.page);
  await chat.menu.open();
  await chat.menu.act('the first words', 'Rename');
  await page.getByRole('textbox', { name: 'Title' }).fill('A better name');
  await page.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(other.page.getByText('A better name').first()).toBeVisible(SOON);
  expect(api.filter((one) => one !== 'GET /api/chat/sessions')).toEqual([]);
});

for (const action of ['Clear', 'Delete'] as const) {
  test(`${action} in one browser tab empties the other, and Undo restores both`, async ({ chat }) => {
    await chat.open();
    await chat.ask('words of weight');
    const other = await openSecondTab(chat, 'words of weight');
    await chat.menu.open();
    await chat.menu.act('words of weight', action);
    await expect(other.welcome('What’s on your mind?')).toBeVisible(SOON);
    await expect(other.turns).toHaveCount(0);
    await chat.menu.close();
    await chat.undo();
    for (const tab of [chat, other])
      await expect(tab.turn('words of weight')).toContainText('echo: words of weight', SOON);
  });
}

test('a version chosen in one browser tab is shown in the other', async ({ chat }) => {
  await chat.open();
  const turn = await chat.ask('say it twice');
  await turn.getByRole('button', { name: 'Regenerate' }).click();
  await expect(turn).toContainText('2/2');
  await chat.waitForReply(turn);
  const other = await openSecondTab(chat, 'say it twice');
  await turn.getByRole('button', { name: 'Previous version' }).click();
  await expect(other.turn('say it twice')).toContainText('1/2', SOON);
});

test('a conversation started in one browser tab appears in the list of the other, which keeps showing its own', async ({
  chat,
}) => {
  await chat.open();
  await chat.ask('the old one');
  const other = await openSecondTab(chat, 'the old one');
  await other.menu.open();
  await expect(other.menu.rows).toHaveCount(1);
  await chat.newConversation();
  await chat.ask('the new one');
  await expect(other.menu.row('the new one')).toBeVisible(SOON);
  await other.menu.close();
  await expect(other.turn('the old one')).toBeVisible();
});

test('a message sent during a reply of another browser tab stays in the composer, and that reply is shown', async ({
  chat,
  context,
  fake,
}) => {
  const sent = recordSends(context);
  const story = '[[hold]] told by the first tab';
  await chat.open();
  await chat.ask('hello');
  // This tab gets no notification and its poll fails, so only the server can tell it about the running reply.
  const other = chat.on(await context.newPage());
  await other.page.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
  await other.open();
  await expect(other.turn('hello')).toBeVisible();
  await other.page.route('**/api/chat/sessions?*', (route) => route.abort());
  await chat.sendMessage(story);
  await fake.received(story);
  await expect(other.turns).toHaveCount(1);
  await other.composer.fill('my own words');
  await other.composer.press('Enter');
  await expect(other.turn(story)).toBeVisible();
  await expect(other.composer).toHaveValue('my own words');
  await expect(other.pendingStatus('This will be sent')).toHaveCount(0);
  fake.release({ contains: story });
  await other.waitForReply(other.turn(story));
  await other.composer.press('Enter');
  await other.waitForReply(other.turn('my own words'));
  await expect(other.turns).toHaveCount(3);
  expect(fake.requests).toHaveLength(3);
  expect(sent.map(({ content }) => content)).toEqual(['hello', story, 'my own words', 'my own words']);
});

test('a pending message is sent once, whichever browser tab sends it', async ({ chat, context, fake }) => {
  const sent = recordSends(context);
  await chat.open();
  await chat.ask('hello');
  const other = await openSecondTab(chat, 'hello');
  sent.length = 0;
  await context.setOffline(true);
  await chat.sendPending('said in a tunnel', 'You’re offline.');
  await expect(other.pendingStatus('This will be sent')).toBeVisible(SOON);
  const before = sent.length;
  await context.setOffline(false);
  for (const tab of [chat, other]) await tab.waitForReply(tab.turn('said in a tunnel'));
  for (const tab of [chat, other]) await expect(tab.turns).toHaveCount(2);
  expect(sent.length - before).toBe(1);
  expect(fake.requests).toHaveLength(2);
});
