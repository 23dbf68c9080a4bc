import type { ChatPage } from '../../pages/chat-page';
import { clipboard, type Message, message } from '../../pages/message';
import type { FakeOpenAI } from '../../support/fake-openai/fake-openai';
import { textOf } from '../../support/fake-openai/script';
import { expect, test } from '../../support/fixtures';
import { axeViolations } from '../../support/page/axe-violations';
import { installFakeVoice } from '../../support/page/fake-voice';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeEach(({ fake }) => fake.reset());

/** Starts a reply and stops it after its second word. */
async function stopped(chat: ChatPage, fake: FakeOpenAI, said: string): Promise<Message> {
  await chat.sendMessage(said);
  await fake.received(said);
  fake.release({ contains: said, count: 2 });
  await expect(chat.turn(said)).toContainText('part1 part2');
  await chat.stop.click();
  await expect(chat.turn(said)).toContainText('You stopped this reply.');
  return message(chat, said);
}

test('a reply can be copied as Markdown or as plain text', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('[[markdown]] all of it');
  const { button, choose } = message(chat, '[[markdown]] all of it');
  await button('Copy reply').click();
  await expect(button('Copied')).toBeVisible();
  expect(await clipboard(page)).toContain('Some *emphasis*, some **weight**, a [link](https://example.com/)');
  await choose('Copy as plain text');
  const plain = await clipboard(page);
  expect(plain).toContain('A heading\n\nSome emphasis, some weight, a link (https://example.com/) and code.');
  expect(plain).toContain('Step\tTime\nparse\t3 ms');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
});

test('a message is copied exactly as it was sent', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('my own words');
  const { button, userMessage } = message(chat, 'my own words');
  await button('Copy message', userMessage).click();
  expect(await clipboard(page)).toBe('my own words');
});

test('another model can be asked once, and the chosen version is kept after a reload', async ({
  chat,
  fake,
}) => {
  await chat.open();
  await chat.ask('who are you');
  const { button, item, turn } = message(chat, 'who are you');
  await button('Try another model').click();
  await expect(item('fake-plain current')).toBeFocused();
  await item('fake-reasoning').click();
  await expect(turn).toContainText('2/2');
  await chat.waitForReply(turn);
  await expect(turn.getByText('fake-reasoning').first()).toBeVisible();
  expect((await fake.request(1)).model).toBe('fake-reasoning');
  await expect(turn.page().getByRole('combobox', { name: 'Model' })).toHaveValue('openai:fake-plain');

  await button('Previous version').click();
  await expect(turn).toContainText('1/2');
  await expect(button('Next version')).toBeFocused();
  await chat.reload();
  await expect(turn).toContainText('1/2');
  // The composer names the model of this version already.
  await expect(turn.getByText(/^fake-/)).toHaveCount(0);
});

test('a failed reply counts down to the next try, and offers another model by its name', async ({
  chat,
  fake,
}) => {
  await chat.open();
  await chat.sendMessage('[[error-429]] too much');
  const { turn } = message(chat, '[[error-429]] too much');
  await expect(turn).toContainText(/Try again in [567] seconds\./);
  await expect(turn).toContainText(/Try again in [1-4] seconds?\./);
  const other = turn.getByRole('button', { name: /^Try with / });
  const name = (await other.innerText()).replace('Try with ', '');
  expect(name).not.toBe('fake-plain');
  await other.click();
  await expect(turn).toContainText('2/2');
  expect((await fake.request(1)).model).toBe(name);
});

test('an edited message becomes another version, and the first one is still there', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('the first wording');
  const first = message(chat, 'the first wording');
  await first.button('Edit', first.userMessage).click();
  await expect(chat.composer).toBeFocused();
  await expect(chat.composer).toHaveValue('the first wording');
  await expect(first.userMessage.getByText('Editing below')).toBeVisible();
  await chat.ask('the second wording');
  await expect(chat.turns).toHaveCount(1);
  const second = message(chat, 'the second wording');
  await expect(second.userMessage).toContainText('2/2');
  await expect(second.reply).not.toContainText('2/2');
  await second.button('Regenerate').click();
  await expect(second.reply).toContainText('2/2');
  await chat.waitForReply(second.turn);
  await second.button('Previous edit', second.userMessage).click();
  await expect(first.turn).toContainText('echo: the first wording');
  await expect(first.button('Next edit', first.userMessage)).toBeFocused();
  await chat.reload();
  await expect(first.userMessage).toContainText('1/2');
  await first.button('Next edit', first.userMessage).click();
  await expect(second.userMessage).toContainText('2/2');
  await expect(second.reply).toContainText('2/2');
  await expect(page.getByText('Editing below')).toHaveCount(0);
});

test('a stopped reply can be continued, and the new version begins with its text', async ({ chat, fake }) => {
  const story = '[[hold]] a story in two parts';
  await chat.open();
  const { button, turn } = await stopped(chat, fake, story);
  await button('Continue').click();
  await fake.received('Your last reply was cut off');
  await expect(turn).toContainText('part1 part2');
  const { messages } = await fake.request(1);
  expect(messages.slice(-3).map(({ role, content }) => [role, textOf(content).slice(0, 24)])).toEqual([
    ['user', '[[hold]] a story in two '],
    ['assistant', 'part1 part2 '],
    ['user', 'Your last reply was cut '],
  ]);
  await chat.waitForReply(turn);
  await expect(turn).toContainText('part1 part2 echo: Your last reply was cut off.');
  await expect(turn).toContainText('2/2');
  await expect(button('Continue')).toHaveCount(0);
});

test('a reply cut off by the length limit or a lost connection can be continued', async ({ chat }) => {
  await chat.open();
  for (const said of ['[[length]] too long', '[[cut]] broken off']) {
    await chat.sendMessage(said);
    const { button } = message(chat, said);
    await expect(button('Continue')).toBeVisible();
  }
});

test('a message deleted from the middle is restored in its place, or stays deleted after a reload', async ({
  chat,
  fake,
  page,
}) => {
  await chat.open();
  for (const said of ['one', 'two', 'three']) await chat.ask(said);
  await message(chat, 'two').choose('Delete');
  await expect(page.getByText('Deleted the message and its reply')).toBeVisible();
  await expect(chat.turns).toHaveCount(2);
  await chat.ask('four');
  const given = (await fake.request(3)).messages.map(({ content }) => textOf(content));
  expect(given.filter((text) => /two/.test(text))).toEqual([]);
  await chat.undo();
  await expect(chat.turns).toHaveCount(4);
  await expect(chat.turns.nth(1)).toContainText('echo: two');

  await message(chat, 'two').choose('Delete', message(chat, 'two').userMessage);
  await expect(chat.turns).toHaveCount(3);
  await chat.reload();
  await expect(chat.turns).toHaveCount(3);
  await expect(chat.turn('two')).toHaveCount(0);
});

test('deleting the last version shows the one before it, and Undo shows the last one again', async ({
  chat,
}) => {
  await chat.open();
  const turn = await chat.ask('said twice');
  await turn.getByRole('button', { name: 'Regenerate' }).click();
  await expect(turn).toContainText('2/2');
  await chat.waitForReply(turn);
  await message(chat, 'said twice').choose('Delete');
  await expect(turn).toBeVisible();
  await expect(turn).not.toContainText('2/2');
  await chat.undo();
  await expect(turn).toContainText('2/2');
});

test('quotes the selected text, or the whole message without a selection', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('[[markdown]] something to quote');
  const it = message(chat, '[[markdown]] something to quote');
  await chat.composer.fill('As to this:');
  await it.select('The end.');
  await it.button('More actions').click();
  await it.item('Quote selection').click();
  await expect(chat.composer).toHaveValue('As to this:\n\n> The end.\n\n');
  await expect(chat.composer).toBeFocused();
  await page.keyboard.type('Is it?');
  await expect(chat.composer).toHaveValue('As to this:\n\n> The end.\n\nIs it?');

  await chat.composer.fill('');
  await page.evaluate(() => getSelection()?.empty());
  await it.choose('Quote', it.userMessage);
  await expect(chat.composer).toHaveValue('> [[markdown]] something to quote\n\n');
});

test('what is selected is copied as it is read, of several messages with their names', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('[[rich]] first');
  const rich = message(chat, '[[rich]] first');
  await expect(rich.turn.locator('.katex').first()).toBeAttached();
  await rich.select('which costs');
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('Control+c');
  expect(await clipboard(page)).toBe('which costs');
  await rich.button('More actions').click();
  await rich.item('Quote selection').click();
  await expect(chat.composer).toHaveValue('> which costs\n\n');

  await chat.composer.fill('');
  await chat.ask('[[markdown]] second');
  await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
  await page.keyboard.press('Control+c');
  const all = await clipboard(page);
  expect(all).toMatch(/^You:\n\n\[\[rich\]\] first\n\nAssistant:\n\n/);
  expect(all).toContain(
    'You:\n\n[[markdown]] second\n\nAssistant:\n\nA heading\n\nSome emphasis, some weight, a link (https://example.com/) and code.\n\n- one\n- two\n\n| Step | Time |',
  );
  expect(all).not.toContain('Copy');
  expect(all.split('\\pi r^2').length).toBe(2);
});

test('a copied link opens its message', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('remember this');
  await message(chat, 'remember this').choose('Copy link');
  const link = await clipboard(page);
  expect(link).toMatch(/#turn-/);
  await chat.newConversation();
  await expect(chat.turns).toHaveCount(0);
  await page.goto(link);
  await expect(chat.turn('remember this')).toBeVisible();
});

test('one reply at a time is read aloud, in its language, until it is stopped or another assistant is opened', async ({
  chat,
  page,
}) => {
  const voice = await installFakeVoice(page);
  await chat.open();
  await chat.ask('[[markdown]] to be heard');
  await chat.ask('[[chinese]] to be heard too');
  const english = message(chat, '[[markdown]] to be heard');
  const chinese = message(chat, '[[chinese]] to be heard too');

  await english.choose('Read aloud');
  await expect(english.button('Stop reading aloud')).toBeVisible();
  const [first] = await voice.said();
  expect(first).toMatchObject({ lang: 'en-US', text: expect.stringContaining('Some emphasis, some weight') });
  expect(first?.text).not.toMatch(/[*#`]|https/);
  await voice.endPiece();
  await expect.poll(async () => (await voice.said()).length).toBe(2);
  expect((await voice.said()).map(({ text }) => text).join(' ')).not.toContain('def climb');

  await chinese.choose('Read aloud');
  await expect(english.button('Stop reading aloud')).toHaveCount(0);
  expect((await voice.said()).at(-1)?.lang).toBe('zh-CN');
  await chinese.button('Stop reading aloud').click();
  await expect(chinese.button('Stop reading aloud')).toHaveCount(0);
  expect(await voice.isSpeaking()).toBe(false);

  await english.choose('Read aloud');
  await expect.poll(() => voice.isSpeaking()).toBe(true);
  await chat.openAssistant('Teacher');
  await expect.poll(() => voice.isSpeaking()).toBe(false);
});

test('the usage line opens to a table of details', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('one');
  await chat.ask('[[reasoning]] two');
  const { turn } = message(chat, '[[reasoning]] two');
  const line = turn.getByRole('button', { name: /^Usage details/ });
  await expect(line).toHaveText(/tokens in.* out.* s/);
  await expect(line).toHaveAttribute('aria-expanded', 'false');
  await line.click();
  const terms = turn.getByRole('term');
  await expect(terms.first()).toBeVisible();
  expect(await terms.allTextContents()).toEqual(
    expect.arrayContaining([
      'Model',
      'Provider',
      'Tokens in',
      'Tokens out',
      'Total time',
      'Context sent',
      'Outcome',
      'Date',
    ]),
  );
  await expect(
    turn.getByRole('definition').filter({ hasText: '1 earlier message and its reply' }),
  ).toBeVisible();
  await expect(turn.getByRole('definition').filter({ hasText: /^complete$/ })).toBeVisible();
  await expect(turn.getByRole('definition').filter({ hasText: 'for reasoning' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await line.click();
  await expect(terms).toHaveCount(0);
});
