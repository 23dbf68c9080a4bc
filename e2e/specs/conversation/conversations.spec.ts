import type { FakeOpenAI } from '../../support/fake-openai/fake-openai';
import { textOf } from '../../support/fake-openai/script';
import { expect, test } from '../../support/fixtures';

const given = (fake: FakeOpenAI, index: number) =>
  fake.request(index).then(({ messages }) => messages.map(({ content }) => textOf(content)));

test.beforeEach(({ fake }) => fake.reset());

test('the model receives the prompt and the conversation of one assistant only', async ({ chat, fake }) => {
  await chat.open();
  for (const name of ['Assistant', 'Teacher', 'Programmer'] as const) {
    await chat.openAssistant(name);
    await chat.ask(`hello ${name}`);
  }
  await chat.openAssistant('Teacher');
  await chat.ask('and again');

  const [assistant, teacher, programmer, again] = await Promise.all([0, 1, 2, 3].map((n) => given(fake, n)));
  expect(assistant).toEqual([expect.stringContaining('You are Assistant'), 'hello Assistant']);
  expect(teacher).toEqual([expect.stringContaining('You are Teacher'), 'hello Teacher']);
  expect(programmer).toEqual([expect.stringContaining('You are Programmer'), 'hello Programmer']);
  expect(again).toEqual([
    expect.stringContaining('You are Teacher'),
    'hello Teacher',
    expect.stringContaining('echo: hello Teacher'),
    'and again',
  ]);
});

test('the third message is sent with the first two turns', async ({ chat, fake }) => {
  await chat.open();
  await chat.ask('one');
  await chat.ask('two');
  await chat.ask('three');
  const { messages } = await fake.request(2);
  expect(messages.map(({ role }) => role)).toEqual([
    ...['system', 'user', 'assistant', 'user', 'assistant', 'user'],
  ]);
  expect(await given(fake, 2)).toEqual([
    expect.stringContaining('You are Assistant'),
    ...['one', expect.stringContaining('echo: one'), 'two', expect.stringContaining('echo: two'), 'three'],
  ]);
});

test('switching assistants during a reply loses nothing and shows nothing in the wrong place', async ({
  chat,
  fake,
}) => {
  const story = '[[hold]] a long story';
  await chat.open();
  await chat.sendMessage(story);
  await fake.received(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');

  await chat.openAssistant('Teacher');
  await expect(chat.welcome('What would you like to understand?')).toBeVisible();
  await expect(chat.assistantTab('Assistant')).toHaveAccessibleName(/replying/);
  fake.release({ contains: story, count: 2 });
  await chat.ask('a quick question');
  await expect(chat.turns).toHaveCount(1);
  await expect(chat.turns).not.toContainText('part');

  await chat.openAssistant('Assistant');
  await expect(chat.turn(story)).toContainText('part1 part2 part3 part4');
  await expect(chat.turns).toHaveCount(1);
  fake.release({ contains: story });
  await chat.waitForReply(chat.turn(story));
  await expect(chat.turn(story)).toContainText('part1 part2 part3 part4 part5 a long story');
});

test('a reply that ends while another assistant is on screen is marked as new, and is complete on return', async ({
  chat,
  fake,
}) => {
  const story = '[[hold]] told behind the back';
  await chat.open();
  await chat.sendMessage(story);
  await fake.received(story);
  await chat.openAssistant('Programmer');
  fake.release({ contains: story });
  await expect(chat.assistantTab('Assistant')).toHaveAccessibleName(/new reply/);
  await chat.openAssistant('Assistant');
  await expect(chat.turn(story)).toContainText('part1 part2 part3 part4 part5');
  await expect(chat.assistantTab('Assistant')).not.toHaveAccessibleName(/new reply/);
});

test('a history that arrives late is never shown under another assistant', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('said to the assistant');
  await chat.openAssistant('Teacher');
  await chat.ask('said to the teacher');
  // After the reload, the page has not loaded the first assistant's history yet.
  await chat.reload();
  await expect(chat.turn('said to the teacher')).toBeVisible();

  const gate = Promise.withResolvers<void>();
  await page.route('**/api/chat/history?*', async (route) => {
    await gate.promise;
    await route.continue();
  });
  const late = page.waitForResponse(/\/api\/chat\/history\?/);
  await chat.openAssistant('Assistant');
  await chat.openAssistant('Programmer');
  await expect(chat.welcome('What are we building?')).toBeVisible();
  gate.resolve();
  await (await late).finished();
  await chat.composer.fill('typed after the late answer');
  await expect(chat.composer).toHaveValue('typed after the late answer');
  await expect(chat.welcome('What are we building?')).toBeVisible();
  await expect(chat.turns).toHaveCount(0);

  await chat.openAssistant('Assistant');
  await expect(chat.turn('said to the assistant')).toBeVisible();
});

test('a new conversation starts empty, and the old one stays in the list', async ({ chat, fake }) => {
  await chat.open();
  await chat.ask('in the first');
  await chat.newConversation();
  await expect(chat.welcome('What’s on your mind?')).toBeVisible();
  await chat.ask('in the second');
  expect(await given(fake, 1)).toEqual([expect.any(String), 'in the second']);

  await chat.menu.open();
  await expect(chat.menu.rows).toHaveCount(2);
  await chat.menu.row('in the first').getByRole('button').first().click();
  await expect(chat.menu.dialog).toBeHidden();
  await expect(chat.turn('in the first')).toBeVisible();
  await expect(chat.turns).toHaveCount(1);
});

test('a renamed conversation keeps its name after a reload', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('the first words');
  await chat.menu.open();
  await chat.menu.act('the first words', 'Rename');
  await page.getByRole('textbox', { name: 'Title' }).fill('A better name');
  await page.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(chat.menu.row('A better name')).toBeVisible();
  await chat.menu.close();
  await chat.reload();
  await chat.menu.open();
  await expect(chat.menu.row('A better name')).toBeVisible();
});

for (const { action, toast } of [
  { action: 'Clear', toast: 'Cleared “words of weight”' },
  { action: 'Delete', toast: 'Deleted “words of weight”' },
] as const) {
  test(`${action} empties the conversation, and Undo restores it`, async ({ chat, page }) => {
    await chat.open();
    await chat.ask('words of weight');
    await chat.menu.open();
    await chat.menu.act('words of weight', action);
    await expect(page.getByText(toast)).toBeVisible();
    await chat.menu.close();
    await expect(chat.welcome('What’s on your mind?')).toBeVisible();
    await expect(chat.turns).toHaveCount(0);
    await chat.undo();
    await expect(chat.turn('words of weight')).toContainText('echo: words of weight');
    await chat.reload();
    await expect(chat.turn('words of weight')).toContainText('echo: words of weight');
  });
}
