import { ConversationView } from '../../pages/conversation-view';
import { expect, test } from '../../support/fixtures';
import { seedAndSignIn, seedConversation } from '../../support/seed-conversation';

test.beforeEach(({ fake }) => fake.reset());

const link = (sessionId: string, turnId = '') => `/#turn-${turnId}/${sessionId}`;

test('a link opens its conversation at its turn, however far up, and then leaves the address bar', async ({
  app,
  chat,
  context,
  page,
}) => {
  const { guest, sessionId, turnIds } = await seedAndSignIn(app, context, {
    turns: 600,
    assistantId: 'teacher',
  });
  await seedConversation(app.dataDir, { turns: 3, guest });
  const view = new ConversationView(page);
  await chat.open(link(sessionId, turnIds[40]));
  const turn = chat.turns.filter({ hasText: 'Question 40:' });
  await expect(turn).toBeInViewport();
  await expect(page.getByRole('heading', { level: 1, name: 'Teacher' })).toBeVisible();
  await view.waitUntilStill();
  const offset = await view.offsetOf(turn);
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThan(160);
  await expect(page.locator(':focus').getByRole('article')).toContainText('Question 40:');
  expect(new URL(page.url()).hash).toBe('');

  // Another link, followed within the page.
  await page.evaluate((hash) => location.assign(hash), link(sessionId, turnIds[590]).slice(1));
  await expect(chat.turns.filter({ hasText: 'Question 590:' })).toBeInViewport();
});

test('a link to another version says so and offers to show it', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('the question');
  const [first] = await answerIds(page);
  const again = page.getByRole('button', { name: 'Regenerate' });
  await again.click();
  await expect(page.getByText('2/2')).toBeVisible();
  const session = await page.evaluate(async () => {
    const answer = await fetch('/api/chat/sessions');
    return (await answer.json()).sessions[0].id as string;
  });
  await page.evaluate((hash) => location.assign(hash), link(session, first).slice(1));
  const note = page.getByRole('alert').filter({ hasText: 'another version' });
  await expect(note).toBeVisible();
  await note.getByRole('button', { name: 'Show that version' }).click();
  await expect(page.getByText('1/2')).toBeVisible();
  await expect(note).toBeHidden();
});

test('a link to a conversation that is not available says so and changes nothing', async ({
  app,
  chat,
  page,
}) => {
  const foreign = await seedConversation(app.dataDir, { turns: 2 });
  await chat.open(link(foreign.sessionId, foreign.turnIds[0]));
  const note = page.getByRole('alert').filter({ hasText: 'isn’t available' });
  await expect(note).toBeVisible();
  await expect(chat.welcome('What’s on your mind?')).toBeVisible();
  await note.getByRole('button', { name: 'Dismiss' }).click();
  await expect(note).toBeHidden();
});

/** The ids of the turns on screen. */
const answerIds = (page: import('@playwright/test').Page): Promise<string[]> =>
  page
    .locator('[data-turn]')
    .evaluateAll((places) => places.map((place) => place.getAttribute('data-turn') ?? ''));
