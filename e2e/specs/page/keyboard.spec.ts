import { expect, test } from '../../support/fixtures';
import { tabTo } from '../../support/page/tab-to';

test.beforeEach(({ fake }) => fake.reset());

test('? opens the shortcut list, is plain text in the message box, and can be turned off', async ({
  chat,
  page,
}) => {
  await chat.open();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await chat.assistantTab('Assistant').focus();
  await page.keyboard.press('?');
  await expect(sheet.getByText('Copy the last reply')).toBeVisible();
  await expect(sheet.getByText('Ctrl', { exact: true }).first()).toBeVisible();
  await sheet.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(chat.assistantTab('Assistant')).toBeFocused();
  await page.keyboard.press('?');
  await page.keyboard.press('Control+/');
  await sheet.getByRole('checkbox').check();
  await page.keyboard.press('Escape');

  await page.keyboard.press('/');
  await expect(chat.composer).toBeFocused();
  await page.keyboard.type('why? and/or');
  await expect(chat.composer).toHaveValue('why? and/or');
  await expect(sheet).toBeHidden();
});

test('shortcuts switch assistants, copy the last reply and start a conversation from the message box', async ({
  chat,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.open();
  await chat.ask('copy me');
  await page.keyboard.press('Control+Shift+c');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('echo: copy me');

  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('heading', { level: 1, name: 'Teacher' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('heading', { level: 1, name: 'Programmer' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(chat.turn('copy me')).toBeVisible();
  await page.keyboard.press('Control+Shift+o');
  await expect(chat.welcome('What’s on your mind?')).toBeVisible();
  await expect(chat.composer).toBeFocused();
});

test('a whole visit works by keyboard: choose an assistant, send, stop, regenerate, switch versions', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] a story without a mouse';
  await chat.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the message box' })).toBeFocused();
  await tabTo(page, chat.assistantTab('Assistant'));
  await page.keyboard.press('ArrowDown');
  await expect(chat.assistantTab('Teacher')).toBeFocused();
  await expect(page.getByRole('heading', { level: 1, name: 'Teacher' })).toBeVisible();
  await tabTo(page, chat.composer);

  await page.keyboard.type(story);
  await page.keyboard.press('Enter');
  await fake.received(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');
  await expect(page.getByRole('status').filter({ hasText: 'Teacher is replying.' })).toBeAttached();
  await expect(chat.composer).toBeFocused();
  await tabTo(page, chat.stop);
  await page.keyboard.press('Enter');
  await expect(chat.turn(story)).toContainText('You stopped this reply.');
  await expect(chat.send).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Teacher’s reply was stopped.' })).toBeAttached();

  await tabTo(page, chat.turn(story).getByRole('button', { name: 'Regenerate' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await fake.received(story, 2);
  fake.release({ contains: story });
  await chat.waitForReply(chat.turn(story));
  await expect(page.getByRole('status').filter({ hasText: 'Teacher has replied.' })).toBeAttached();
  await tabTo(page, chat.turn(story).getByRole('button', { name: 'Previous version' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(chat.turn(story)).toContainText('You stopped this reply.');
});

test('the focus is never lost when a reply is stopped, a conversation deleted or the menu closed', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] told to be stopped';
  await chat.open();
  await chat.sendMessage(story);
  await fake.received(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');
  await page.keyboard.press('Escape');
  await expect(chat.turn(story)).toContainText('You stopped this reply.');
  await expect(chat.composer).toBeFocused();

  const opener = page.getByRole('button', { name: 'Conversations', exact: true });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(chat.menu.row('told to be stopped')).toBeVisible();
  await tabTo(page, chat.menu.row('told').getByRole('button', { name: /^Actions/ }));
  await page.keyboard.press('Enter');
  await tabTo(page, chat.menu.row('told').getByRole('button', { name: 'Delete' }));
  await page.keyboard.press('Enter');
  await expect(chat.menu.rows).toHaveCount(0);
  const isInside = await chat.menu.dialog.evaluate((dialog) => dialog.contains(document.activeElement));
  expect(isInside).toBe(true);
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('a screen reader gets the page, a reply with versions and the palette with their roles and names', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('hello');
  await chat.turn('hello').getByRole('button', { name: 'Regenerate' }).click();
  await expect(chat.turn('hello').getByRole('button', { name: 'Previous version' })).toBeEnabled();
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - link "Skip to the message box"
    - complementary "Assistants":
      - button "Search and commands"
      - tablist "Assistants":
        - tab /Assistant/ [selected]
        - tab /Teacher/
        - tab /Programmer/
      - group "Language":
        - radio "English" [checked]
        - radio "中文"
      - group "Theme":
        - radio "System" [checked]
        - radio "Light"
        - radio "Dark"
    - main:
      - tabpanel /Assistant/:
        - heading "Assistant" [level=1]
        - button "Conversations"
        - button "New conversation"
        - region "Conversation with Assistant":
          - article:
            - heading "You" [level=2]
            - paragraph: hello
            - button "Edit"
            - button "Copy message"
            - button "More actions"
            - heading "Assistant" [level=2]
            - group "Versions":
              - button "Previous version"
              - img "Version 2 of 2"
              - button "Next version" [disabled]
            - button "Copy reply"
            - button "Regenerate"
            - button "Try another model"
            - button "More actions"
            - button /^Usage details/
        - textbox "Message Assistant"
        - combobox "Model"
        - button "Send" [disabled]
  `);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('teach');
  await expect(page.getByRole('dialog')).toMatchAriaSnapshot(`
    - dialog "Search and commands":
      - heading "Search and commands" [level=2]
      - combobox "Search and commands" [expanded]: teach
      - button "Close"
      - listbox "Results":
        - group "Assistants":
          - option /Teacher/ [selected]
      - status: /results?/
  `);
});
