import { expect, fakeModelSettings, test } from '../../support/fixtures';
import { startAppServer } from '../../support/servers/app-server';

test.beforeEach(({ fake }) => fake.reset());

test('a reload during a reply shows the whole reply, once', async ({ chat, fake }) => {
  const story = '[[hold]] told over a reload';
  await chat.open();
  await chat.sendMessage(story);
  await fake.received(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');

  await chat.reload();
  await expect(chat.turn(story)).toContainText('part1 part2');
  fake.release({ contains: story, count: 1 });
  await expect(chat.turn(story)).toContainText('part1 part2 part3');
  fake.release({ contains: story });
  await chat.waitForReply(chat.turn(story));
  await expect(chat.turn(story)).toContainText('part1 part2 part3 part4 part5');
  expect(fake.requests).toHaveLength(1);
});

test('the history survives a restart of the server', async ({ chat, fake }) => {
  const app = await startAppServer(fakeModelSettings(fake));
  try {
    await chat.open(app.url);
    await chat.ask('before the restart');
    await app.stop();
    await app.start();
    await chat.reload();
    await expect(chat.turn('before the restart')).toContainText('echo: before the restart');
    await chat.ask('after the restart');
    expect((await fake.request(1)).messages).toHaveLength(4);
  } finally {
    await app.dispose();
  }
});

test('a reply whose server was killed is marked and keeps its text, and a retry gives a full one', async ({
  chat,
  fake,
}) => {
  // The lease of a dead producer expires after up to 15 s.
  test.setTimeout(90_000);
  const story = '[[hold]] told by a server that dies';
  const app = await startAppServer(fakeModelSettings(fake));
  try {
    await chat.open(app.url);
    await chat.sendMessage(story);
    await fake.received(story);
    fake.release({ contains: story, count: 2 });
    await expect.poll(() => app.hasStored('part1 part2')).toBe(true);

    await app.stop('SIGKILL');
    await app.start();
    await chat.reload();
    await expect(chat.turn(story)).toContainText('The server stopped partway through.', { timeout: 35_000 });
    await expect(chat.turn(story)).toContainText('part1 part2');

    await chat.retry(chat.turn(story)).click();
    await fake.received(story, 2);
    fake.release({ contains: story });
    await chat.waitForReply(chat.turn(story));
    await expect(chat.turn(story)).toContainText('part5');
    await expect(chat.turn(story)).not.toContainText('The server stopped');
  } finally {
    await app.dispose();
  }
});

test('each assistant keeps its own draft, also after a reload', async ({ chat }) => {
  await chat.open();
  await chat.composer.fill('half a thought');
  await chat.openAssistant('Teacher');
  await expect(chat.composer).toHaveValue('');
  await chat.composer.fill('another one');
  await chat.reload();
  await expect(chat.composer).toHaveValue('another one');
  await chat.openAssistant('Assistant');
  await expect(chat.composer).toHaveValue('half a thought');
});

for (const { what, stored } of [
  { what: 'invalid JSON', stored: '{"state":{"sess' },
  { what: 'an unknown format', stored: '{"state":{"sessionIds":7,"drafts":null,"outbox":{}},"version":99}' },
]) {
  test(`local storage with ${what} loses only the preferences`, async ({ chat, page }) => {
    await chat.open();
    await chat.ask('kept by the server');
    await page.evaluate((value) => localStorage.setItem('confab', value), stored);
    await chat.reload();
    await expect(chat.turn('kept by the server')).toBeVisible();
    await chat.ask('and on it goes');
    await expect(chat.turns).toHaveCount(2);
  });
}
