import { expect, test } from '../../support/fixtures';
import { watchCommits } from '../../support/page/react-commits';

test.beforeEach(({ fake }) => fake.reset());

test('while a reply streams, React renders no other message and commits at most once per frame', async ({
  chat,
  page,
  fake,
}) => {
  await watchCommits(page);
  await chat.open();
  await chat.ask('[[markdown]] the first');
  await chat.ask('[[rich]] the second');
  // Wait for formulas and diagrams, which render later.
  await expect(page.getByText('This diagram couldn’t be rendered.', { exact: false })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Diagram' })).toBeVisible();
  const words = Array.from({ length: 400 }, (_, n) => `w${n}`).join(' ');
  await chat.sendMessage(`[[hold]] ${words}`);
  await fake.received('w0');
  fake.release({ count: 1 });
  await expect(chat.turns).toHaveCount(3);
  await expect(chat.turns.nth(2)).toContainText('part1');

  await page.evaluate(() => window.takeCommits());
  for (let frame = 0; frame < 60; frame += 1) {
    fake.release({ count: 5 });
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  // Once in the message and once in the reply.
  await expect(chat.turns.nth(2)).toContainText(/w295.*w295/s);
  const { commits, mostPerFrame, rendersByArticle } = await page.evaluate(() => window.takeCommits());
  console.info(
    `300 parts: ${commits} commits, at most ${mostPerFrame} per frame, renders by message ${JSON.stringify(rendersByArticle)}`,
  );
  expect(rendersByArticle[2], 'renders of the streaming message are counted').toBeGreaterThan(0);
  expect({ ...rendersByArticle, 2: 0 }).toEqual({ 2: 0 });
  expect(commits).toBeGreaterThan(5);
  expect(mostPerFrame).toBe(1);
});
