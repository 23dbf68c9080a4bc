import { expect, test } from '../../support/fixtures';
import { saveData } from '../../support/page/save-data';

/** Only the script of the Markdown renderer contains this, whatever its name in this build. */
const RENDERER = 'thematicBreakSequence';
/** Only the script that shows turns contains this. */
const TURNS = 'data-window';

test('a new visitor gets the welcome in the HTML; a returning guest does not, who may have a conversation', async ({
  page,
  request,
}) => {
  const firstBytes = async () => (await request.get('/', { headers: { 'accept-language': 'en' } })).text();
  expect(await firstBytes()).toContain('What’s on your mind?');
  expect((await request.storageState()).cookies).toHaveLength(1);
  expect(await firstBytes()).not.toContain('What’s on your mind?');

  await page.route('**/*.js', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'What’s on your mind?' })).toBeVisible();
  // Without scripts, nothing typed would be handled.
  await expect(page.getByRole('textbox', { name: /^Message/ })).toBeHidden();
});

test('a conversation appears fully rendered, not as plain text first', async ({ chat, page }) => {
  await saveData(page);
  await chat.open();
  await chat.ask('[[markdown]] With a heading, please.');

  const held = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes(RENDERER)) await held.promise;
    await route.fulfill({ response });
  });
  const history = page.waitForResponse((response) => response.url().includes('/api/chat/history'));
  // The load event waits for a script that was asked for before it.
  await page.reload({ waitUntil: 'domcontentloaded' });
  await (await history).finished();
  // By the second frame, the page would have shown the turns.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await expect(page.getByText('Loading conversation…')).toBeAttached();
  await expect(chat.turns).toHaveCount(0);

  held.resolve();
  await expect(page.getByRole('heading', { name: 'A heading', exact: true })).toBeVisible();
  await expect(chat.turns).toHaveCount(1);
});

for (const storage of ['kept', 'cleared'] as const)
  test(`with its storage ${storage}, a guest’s conversation is asked for before the scripts have loaded, and once`, async ({
    chat,
    page,
  }) => {
    await chat.open();
    await chat.ask('the first words');
    if (storage === 'cleared') await page.evaluate(() => localStorage.clear());
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.endsWith('/history')) asked.push(searchParams.get('sessionId') ?? '');
    });
    const held = Promise.withResolvers<void>();
    await page.route('**/*.js', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(() => asked.length).toBe(1);
    await expect(chat.turns).toHaveCount(0);

    held.resolve();
    await expect(chat.turn('the first words')).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(asked).toHaveLength(1);
    // Another conversation, and this one again later, are asked for anew.
    await chat.openAssistant('Teacher');
    await chat.openAssistant('Assistant');
    await expect.poll(() => asked.length).toBe(2);
    expect(new Set(asked).size).toBe(1);
  });

test('a new visitor’s page asks for nothing early', async ({ request }) => {
  expect(await (await request.get('/')).text()).not.toContain('confabEarlyCalls');
});

test('if the script that shows turns fails to load, the page says so and offers a retry', async ({
  chat,
  page,
}) => {
  await saveData(page);
  await chat.open();
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes(TURNS)) await route.abort();
    else await route.fulfill({ response });
  });
  await chat.composer.fill('the first words');
  await chat.composer.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Couldn’t load this conversation' })).toBeVisible();
  await expect(chat.turns).toHaveCount(0);

  await page.unroute('**/*.js');
  await page.getByRole('button', { name: 'Try again' }).click();
  await chat.waitForReply(chat.turn('the first words'));
  await expect(chat.turns).toHaveCount(1);
});
