import { ConversationView } from '../../pages/conversation-view';
import { FindBar } from '../../pages/find-bar';
import { expect, test } from '../../support/fixtures';
import { holdScripts } from '../../support/page/hold-scripts';
import { seedAndSignIn } from '../../support/seed-conversation';

test.beforeEach(({ fake }) => fake.reset());

const needles: Record<number, string> = {
  3: 'a **Needle** in old hay',
  250: '旧的记忆，新的**记忆**',
  280: 'a needle',
};
const texts = (n: number) => ({
  message: `Question ${n}: what is it?`,
  reply: `${needles[n] ?? 'only hay'}.\n\n${'More **Markdown** that is only hay. '.repeat(12)}`,
});

test('words are found in any case, in what is not loaded too, and each is brought into the window', async ({
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
  await expect(findBar.status).toHaveText('1 of 2');
  await expect(chat.turns).toHaveCount(300);
  await expect(chat.turns.filter({ hasText: 'Question 280:' })).toBeInViewport();
  expect(await findBar.currentMatch()).toBe('needle');

  await findBar.field.press('Enter');
  await expect(findBar.status).toHaveText('2 of 2');
  await expect(page.getByText('a Needle in old hay')).toBeInViewport();
  await expect.poll(() => findBar.currentMatch()).toBe('Needle');
  await view.waitUntilStill();
  await expect(page.getByText('a Needle in old hay')).toBeInViewport();

  await findBar.field.press('Shift+Enter');
  await expect(findBar.status).toHaveText('1 of 2');
  await expect(chat.turns.filter({ hasText: 'Question 280:' })).toBeInViewport();
  await findBar.search('needless');
  await expect(findBar.status).toHaveText('No match');
});

test('Chinese is found, also across marks, and Escape gives the focus back', async ({
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
  await expect(findBar.status).toHaveText('1 of 2');
  await expect.poll(() => findBar.currentMatch()).toBe('的记忆');
  await findBar.field.press('Escape');
  await expect(findBar.field).toBeHidden();
  await expect(findBar.button).toBeFocused();
  expect(await findBar.currentMatch()).toBe('');
});

test('a search that cannot be finished says how far it came, and goes on when asked', async ({
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
  await expect(findBar.status).toHaveText('1 of 2');
});

test('there is nothing to search in an empty conversation', async ({ chat, page }) => {
  const findBar = new FindBar(page);
  await chat.open();
  await expect(findBar.button).toBeHidden();
  await chat.ask('the first words');
  await findBar.open();
  await findBar.search('first words');
  await expect(findBar.status).toHaveText('1 of 2');
});

test('what is typed while the search is on its way is looked for, and is no message', async ({
  chat,
  page,
}) => {
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
  await expect(findBar.status).toHaveText('1 of 2');
});

test('a search that cannot be loaded says so, and the page goes on', async ({ chat, context, page }) => {
  await chat.open();
  await chat.ask('where is the needle');
  await context.setOffline(true);
  await page.keyboard.press('Control+Shift+f');
  await expect(page.getByRole('alert').filter({ hasText: 'You are offline' })).toBeVisible();
  await expect(chat.turns).toHaveCount(1);
  await context.setOffline(false);
  await page.keyboard.press('Control+Shift+f');
  await expect(new FindBar(page).field).toBeFocused();
});
