import { Finder } from '../../pages/finder';
import { Reader } from '../../pages/reader';
import { expect, test } from '../../support/fixtures';
import { holdScripts } from '../../support/page/hold-scripts';
import { seeded } from '../../support/seeded';

test.beforeEach(({ fake }) => fake.reset());

const needles: Record<number, string> = {
  3: 'a **Needle** in old hay',
  250: '旧的记忆，新的**记忆**',
  280: 'a needle',
};
const words = (n: number) => ({
  said: `Question ${n}: what is it?`,
  answered: `${needles[n] ?? 'only hay'}.\n\n${'More **Markdown** that is only hay. '.repeat(12)}`,
});

test('words are found in any case, in what is not loaded too, and each is brought into the window', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seeded(app, context, { turns: 300, words });
  const [reader, finder] = [new Reader(page), new Finder(page)];
  await chat.open();
  await reader.atEnd();
  await finder.open();
  await finder.look('NEEDLE');
  await expect(finder.state).toHaveText('1 of 2');
  await expect(chat.turns).toHaveCount(300);
  await expect(chat.turns.filter({ hasText: 'Question 280:' })).toBeInViewport();
  expect(await finder.current()).toBe('needle');

  await finder.field.press('Enter');
  await expect(finder.state).toHaveText('2 of 2');
  await expect(page.getByText('a Needle in old hay')).toBeInViewport();
  await expect.poll(() => finder.current()).toBe('Needle');
  await reader.settled();
  await expect(page.getByText('a Needle in old hay')).toBeInViewport();

  await finder.field.press('Shift+Enter');
  await expect(finder.state).toHaveText('1 of 2');
  await expect(chat.turns.filter({ hasText: 'Question 280:' })).toBeInViewport();
  await finder.look('needless');
  await expect(finder.state).toHaveText('No match');
});

test('Chinese is found, also across marks, and Escape gives the focus back', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seeded(app, context, { turns: 260, words });
  const finder = new Finder(page);
  await chat.open();
  await finder.open();
  await finder.look('的记忆');
  await expect(finder.state).toHaveText('1 of 2');
  await expect.poll(() => finder.current()).toBe('的记忆');
  await finder.field.press('Escape');
  await expect(finder.field).toBeHidden();
  await expect(finder.button).toBeFocused();
  expect(await finder.current()).toBe('');
});

test('a search that cannot be finished says how far it came, and goes on when asked', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seeded(app, context, { turns: 300, words });
  const finder = new Finder(page);
  await chat.open();
  await page.route('**/api/chat/history?*before=*', (route) => route.abort());
  await finder.open();
  await finder.look('needle');
  await expect(finder.state).toContainText('The search stopped at 50 of 300 turns.');
  await page.unroute('**/api/chat/history?*before=*');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(finder.state).toHaveText('1 of 2');
});

test('there is nothing to search in an empty conversation', async ({ chat, page }) => {
  const finder = new Finder(page);
  await chat.open();
  await expect(finder.button).toBeHidden();
  await chat.ask('the first words');
  await finder.open();
  await finder.look('first words');
  await expect(finder.state).toHaveText('1 of 2');
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
  const finder = new Finder(page);
  await expect(finder.field).toBeFocused();
  await expect(finder.field).toHaveValue('needle');
  await expect(finder.state).toHaveText('1 of 2');
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
  await expect(new Finder(page).field).toBeFocused();
});
