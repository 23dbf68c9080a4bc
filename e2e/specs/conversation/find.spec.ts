import { ConversationView } from '../../pages/conversation-view';
import { FindBar } from '../../pages/find-bar';
import { expect, test } from '../../support/fixtures';
import { holdScripts } from '../../support/page/hold-scripts';
import { saveData } from '../../support/page/save-data';
import { seedAndSignIn } from '../../support/seed-conversation';

test.beforeEach(({ fake }) => fake.reset());

const needles: Record<number, string> = {
  3: 'a **Needle** in old hay',
  100: 'another needle',
  250: '旧的记忆，新的**记忆**',
  280: 'a needle',
};
const texts = (n: number) => ({
  message: `Question ${n}: what is it?`,
  reply: `${needles[n] ?? 'only hay'}.\n\n${'More **Markdown** that is only hay. '.repeat(12)}`,
});

test('finds text in any case, also in turns that are not loaded, and scrolls to each match', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 300, texts });
  const [view, findBar] = [new ConversationView(page), new FindBar(page)];
  await chat.open();
  await view.expectAtEnd();
  await findBar.open();
  await findBar.search('NEEDLE');
  await expect(findBar.status).toHaveText('3 of 3');
  await expect(chat.turns).toHaveCount(300);
  await expect(chat.turns.filter({ hasText: 'Question 280:' })).toBeInViewport();
  expect(await findBar.currentMatch()).toBe('needle');

  // Down, and at the end on from the top, as in a browser.
  await findBar.field.press('Enter');
  await expect(findBar.status).toHaveText('1 of 3');
  await expect(page.getByText('a Needle in old hay')).toBeInViewport();
  await expect.poll(() => findBar.currentMatch()).toBe('Needle');
  await view.waitUntilStill();
  await expect(page.getByText('a Needle in old hay')).toBeInViewport();

  await findBar.field.press('Enter');
  await expect(findBar.status).toHaveText('2 of 3');
  await expect(page.getByText('another needle')).toBeInViewport();
  await findBar.field.press('Shift+Enter');
  await expect(findBar.status).toHaveText('1 of 3');
  await findBar.field.press('Shift+Enter');
  await expect(findBar.status).toHaveText('3 of 3');
  await expect(chat.turns.filter({ hasText: 'Question 280:' })).toBeInViewport();
  await findBar.search('needless');
  await expect(findBar.status).toHaveText('No matches');
});

test('finds Chinese text, also across formatting, and Escape returns the focus', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 260, texts });
  const findBar = new FindBar(page);
  await chat.open();
  await findBar.open();
  await findBar.search('的记忆');
  await expect(findBar.status).toHaveText('2 of 2');
  await expect.poll(() => findBar.currentMatch()).toBe('的记忆');
  await findBar.field.press('Escape');
  await expect(findBar.field).toBeHidden();
  await expect(findBar.button).toBeFocused();
  expect(await findBar.currentMatch()).toBe('');
});

test('an interrupted search says how far it got, and can be continued', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 300, texts });
  const findBar = new FindBar(page);
  await chat.open();
  await page.route('**/api/chat/history?*before=*', (route) => route.abort());
  await findBar.open();
  await findBar.search('needle');
  await expect(findBar.status).toContainText('Search stopped at 50 of 300 messages.');
  await page.unroute('**/api/chat/history?*before=*');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(findBar.status).toHaveText('3 of 3');
});

test('an empty conversation has no find button', async ({ chat, page }) => {
  const findBar = new FindBar(page);
  await chat.open();
  await expect(findBar.button).toBeHidden();
  await chat.ask('the first words');
  await findBar.open();
  await findBar.search('first words');
  await expect(findBar.status).toHaveText('2 of 2');
});

test('text typed while the find bar loads goes into it, not into the message', async ({ chat, page }) => {
  await saveData(page);
  await chat.open();
  await chat.ask('where is the needle');
  const release = await holdScripts(page);
  await page.keyboard.press('Control+Shift+f');
  await page.keyboard.type('needle');
  await expect(chat.composer).toHaveValue('');
  release();
  const findBar = new FindBar(page);
  await expect(findBar.field).toBeFocused();
  await expect(findBar.field).toHaveValue('needle');
  await expect(findBar.status).toHaveText('2 of 2');
});

test('a find bar that cannot be loaded says so, and can be opened later', async ({ chat, context, page }) => {
  await saveData(page);
  await chat.open();
  await chat.ask('where is the needle');
  await context.setOffline(true);
  await page.keyboard.press('Control+Shift+f');
  await expect(page.getByRole('alert').filter({ hasText: 'You’re offline' })).toBeVisible();
  await expect(chat.turns).toHaveCount(1);
  await context.setOffline(false);
  await page.keyboard.press('Control+Shift+f');
  await expect(new FindBar(page).field).toBeFocused();
});
