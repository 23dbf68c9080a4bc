import { ChatPage } from '../../pages/chat-page';
import { expect, fakeModelSettings, test } from '../../support/fixtures';
import { startAppServer } from '../../support/servers/app-server';

test.beforeEach(({ fake }) => fake.reset());

test('two servers on one host each keep the conversation of a browser that visits both', async ({
  page,
  chat,
  app,
  fake,
}) => {
  const other = await startAppServer(fakeModelSettings(fake));
  try {
    await page.goto(app.url);
    await chat.ask('Said to the first server');
    await page.goto(other.url);
    await new ChatPage(page).ask('Said to the second server');
    for (let round = 0; round < 2; round += 1) {
      await page.goto(app.url);
      await expect(chat.turn('Said to the first server')).toBeVisible();
      await page.goto(other.url);
      await expect(chat.turn('Said to the second server')).toBeVisible();
    }
    const names = (await page.context().cookies()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('confab_guest_'))).toHaveLength(2);
  } finally {
    await other.dispose();
  }
});
