import type { Locator } from '@playwright/test';
import { expect, test } from '../../support/fixtures';

const LINES = Array.from({ length: 340 }, (_, index) => `line ${index + 1}`).join('\n');

/** Pastes as a browser does: dispatches a paste event, and inserts the text if nothing handles the event. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', given);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    if (element.dispatchEvent(event)) document.execCommand('insertText', false, given);
  }, text);
}

test.beforeEach(({ fake }) => fake.reset());

test('a message sent during a reply stays pending until the reply has ended', async ({
  chat,
  page,
  fake,
}) => {
  const story = '[[hold]] a long story';
  await chat.open();
  await chat.sendMessage(story);
  await fake.received(story);
  await chat.composer.fill('and what then?');
  await expect(chat.stop).toBeVisible();
  await chat.send.click();
  await expect(chat.composer).toHaveValue('');
  await expect(chat.pendingStatus('when the current reply finishes')).toBeVisible();
  expect(fake.requests).toHaveLength(1);

  await chat.reload();
  await expect(page.getByText('and what then?', { exact: true })).toHaveCount(1);
  fake.release({ contains: story });
  await chat.waitForReply(chat.turn('and what then?'));
  await expect(chat.turns).toHaveCount(2);
  expect(fake.requests.map(({ lastUser }) => lastUser)).toEqual([story, 'and what then?']);
});

test('↑ takes a pending message back into the composer, and Discard removes one', async ({
  chat,
  page,
  fake,
}) => {
  const story = '[[hold]] a story';
  await chat.open();
  await chat.sendMessage(story);
  await chat.sendMessage('first thought');
  await chat.sendMessage('second thought');
  await chat.composer.press('ArrowUp');
  await expect(chat.composer).toHaveValue('second thought');
  await chat.composer.fill('');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(chat.pendingStatus('This will be sent')).toHaveCount(0);
  fake.release({ contains: story });
  await chat.waitForReply(chat.turn(story));
  expect(fake.requests).toHaveLength(1);
});

test('↑ in an empty composer edits the last message and sends it as another version', async ({
  chat,
  page,
  fake,
}) => {
  await chat.open();
  await chat.ask('one');
  await chat.ask('two');
  await chat.composer.press('ArrowUp');
  await expect(page.getByText('Editing an earlier message')).toBeVisible();
  await expect(chat.composer).toHaveValue('two');
  await expect(chat.composer).toBeFocused();
  await chat.composer.press('End');
  await chat.composer.pressSequentially(', said better');
  await chat.reload();
  await expect(chat.composer).toHaveValue('two, said better');
  await chat.composer.press('Enter');
  await chat.waitForReply(chat.turn('two, said better'));
  await expect(page.getByText('Editing an earlier message')).toHaveCount(0);
  await expect(chat.turns).toHaveCount(2);
  await expect(chat.turn('two, said better').getByRole('group', { name: 'Edits' })).toContainText('2/2');
  const { messages } = await fake.request(2);
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
});

test('switching to an assistant whose message is being edited keeps the focus on the assistant tab', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('one');
  await chat.composer.press('ArrowUp');
  await expect(chat.composer).toHaveValue('one');
  await chat.assistantTab('Teacher').click();
  await page.keyboard.press('ArrowUp');
  await expect(chat.composer).toHaveValue('one');
  await expect(chat.assistantTab('Assistant')).toBeFocused();
});

test('a cancelled edit changes nothing', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('one');
  await chat.composer.press('ArrowUp');
  await expect(chat.composer).toHaveValue('one');
  await chat.composer.press('Escape');
  await expect(chat.composer).toHaveValue('');
  await expect(chat.composer).toBeFocused();

  await chat.composer.press('ArrowUp');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(chat.composer).toHaveValue('');
  await expect(chat.composer).toBeFocused();
  // In a field with text, ↑ only moves the cursor.
  await chat.composer.fill('half a thought');
  await chat.composer.press('ArrowUp');
  await expect(chat.composer).toHaveValue('half a thought');
});

test('a long paste becomes a block that can be read, edited, removed and sent', async ({
  chat,
  page,
  fake,
}) => {
  await chat.open();
  await chat.composer.fill('What is this?');
  await paste(chat.composer, LINES);
  await expect(chat.composer).toHaveValue('What is this?');
  const chip = page.getByRole('button', { name: 'Pasted text · 340 lines' });
  await chip.click();
  const editor = page.getByRole('textbox', { name: 'Pasted text' });
  await expect(editor).toHaveValue(LINES);
  await editor.fill(`${LINES}\nline 341`);
  await page.keyboard.press('Escape');
  const changed = page.getByRole('button', { name: 'Pasted text · 341 lines' });
  await expect(changed).toBeFocused();

  await chat.reload();
  await expect(changed).toBeVisible();
  await paste(chat.composer, LINES);
  await page.getByRole('button', { name: 'Remove pasted text 2' }).click();
  await expect(chip).toHaveCount(0);

  await chat.composer.press('Enter');
  await expect(changed).toHaveCount(0);
  await chat.waitForReply(chat.turn('What is this?'));
  expect((await fake.request(0)).lastUser).toBe(`What is this?\n\n\`\`\`\n${LINES}\nline 341\n\`\`\``);
  // In the conversation the block is collapsed.
  const said = chat.turn('What is this?').getByRole('group').filter({ hasText: 'Pasted text · 341 lines' });
  await expect(said.getByText('line 340')).toBeHidden();
  await said.getByText('Pasted text').click();
  await expect(said.getByText('line 340')).toBeVisible();
});

test('a short paste becomes ordinary text', async ({ chat }) => {
  await chat.open();
  await chat.composer.focus();
  await paste(chat.composer, 'a few words');
  await expect(chat.composer).toHaveValue('a few words');
});

test('the composer grows with its text, up to a third of the screen', async ({ chat, page }) => {
  await chat.open();
  const { height: before } = (await chat.composer.boundingBox()) ?? { height: 0 };
  await chat.composer.fill('one\ntwo\nthree');
  await expect.poll(async () => (await chat.composer.boundingBox())?.height).toBeGreaterThan(before * 2);
  await chat.composer.fill(LINES);
  const third = (page.viewportSize()?.height ?? 0) / 3;
  await expect.poll(async () => (await chat.composer.boundingBox())?.height).toBeLessThanOrEqual(third);
});

test('the gauge shows how much of the context is used once most of it is, and explains it when focused', async ({
  chat,
  page,
}) => {
  await chat.open();
  const gauge = page.getByRole('button', { name: /about [\d,]+ of 64,000 tokens/ });
  await expect(gauge).toHaveCount(0);
  await chat.ask('字'.repeat(14_000));
  await expect(gauge).toHaveCount(0);
  await chat.composer.fill('字'.repeat(31_000));
  await expect(gauge).toContainText(/^[6-9]\d%/);
  await gauge.focus();
  await expect(page.getByText(/^Context: about [3-6]\d,\d\d\d of 64,000 tokens/)).toBeVisible();
});
