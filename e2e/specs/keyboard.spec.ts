import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';

test.beforeEach(({ fake }) => fake.reset());

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search and commands' });
const option = (page: Page, name: RegExp | string) => page.getByRole('dialog').getByRole('option', { name });

/** As a person without a pointer gets there. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let n = 0; n < 40; n += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target, 'reached by Tab').toBeFocused();
}

test('the palette finds an assistant by a few letters, and leads to its message box', async ({
  chat,
  page,
}) => {
  await chat.open();
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeFocused();
  await page.keyboard.type('prgm');
  await expect(option(page, /^Programmer/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Programmer' })).toBeVisible();
  await expect(chat.composer).toBeFocused();
});

test('the palette finds a conversation of another assistant by its title', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('the secret life of moss');
  await chat.choose('Teacher');
  await chat.reload();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('moss life');
  await option(page, /the secret life of moss/).click();
  await expect(chat.turn('the secret life of moss')).toBeVisible();
  await expect(chat.tab('Assistant')).toHaveAttribute('aria-selected', 'true');
});

test('arrows walk the palette around its ends, and a key of an input method chooses nothing', async ({
  chat,
  page,
}) => {
  await chat.open();
  await page.keyboard.press('Control+k');
  const options = page.getByRole('dialog').getByRole('option');
  await expect(palette(page)).toBeFocused();
  await expect(option(page, /^fake-plain/)).toBeAttached();
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  const pointed = await palette(page).getAttribute('aria-activedescendant');
  expect(await options.first().getAttribute('id')).toBe(pointed);
  await palette(page).evaluate((field) =>
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })),
  );
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type('zzzz');
  await expect(page.getByText('Nothing is called that.')).toBeVisible();
});

test('theme and language are chosen in the palette, and the focus comes back to where it was', async ({
  chat,
  page,
}) => {
  await chat.open();
  const history = page.getByRole('button', { name: 'Conversations', exact: true });
  await history.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(history).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('chinese');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /^编程专家/ })).toBeVisible();
});

test('? shows the keys where nobody types, is text in the message box, and can be switched off', async ({
  chat,
  page,
}) => {
  await chat.open();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await chat.tab('Assistant').focus();
  await page.keyboard.press('?');
  await expect(sheet.getByText('Copy the last reply')).toBeVisible();
  await expect(sheet.getByText('Ctrl', { exact: true }).first()).toBeVisible();
  await sheet.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(chat.tab('Assistant')).toBeFocused();
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

test('keys change the assistant, copy the last reply and begin anew, from within the message box', async ({
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
  await expect(chat.welcome('What is on your mind?')).toBeVisible();
  await expect(chat.composer).toBeFocused();
});

test('a whole visit without a pointer: choose an assistant, send, stop, ask again, switch the version', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] a story without a mouse';
  await chat.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the message box' })).toBeFocused();
  await tabTo(page, chat.tab('Assistant'));
  await page.keyboard.press('ArrowDown');
  await expect(chat.tab('Teacher')).toBeFocused();
  await expect(page.getByRole('heading', { level: 1, name: 'Teacher' })).toBeVisible();
  await tabTo(page, chat.composer);

  await page.keyboard.type(story);
  await page.keyboard.press('Enter');
  await fake.asked(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');
  await expect(page.getByRole('status').filter({ hasText: 'Teacher is replying.' })).toBeAttached();
  await expect(chat.composer).toBeFocused();
  await tabTo(page, chat.stop);
  await page.keyboard.press('Enter');
  await expect(chat.turn(story)).toContainText('Stopped.');
  await expect(chat.send).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Teacher was stopped.' })).toBeAttached();

  await tabTo(page, chat.turn(story).getByRole('button', { name: 'Ask again' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await fake.asked(story, 2);
  fake.release({ contains: story });
  await chat.ended(chat.turn(story));
  await expect(page.getByRole('status').filter({ hasText: 'Teacher has replied.' })).toBeAttached();
  await tabTo(page, chat.turn(story).getByRole('button', { name: 'Previous version' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(chat.turn(story)).toContainText('Stopped.');
});

test('the focus is never lost: after a conversation was deleted, its menu closed, a reply stopped by a key', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] told to be stopped';
  await chat.open();
  await chat.say(story);
  await fake.asked(story);
  fake.release({ contains: story, count: 2 });
  await expect(chat.turn(story)).toContainText('part1 part2');
  await page.keyboard.press('Escape');
  await expect(chat.turn(story)).toContainText('Stopped.');
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
  const inside = await chat.menu.dialog.evaluate((dialog) => dialog.contains(document.activeElement));
  expect(inside).toBe(true);
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('what a screen reader is told of the page, of a reply with versions, and of the palette', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('hello');
  await chat.turn('hello').getByRole('button', { name: 'Ask again' }).click();
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
        - radio "Like the system" [checked]
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
            - button "Change and send again"
            - button "Copy message"
            - button "More actions"
            - heading "Assistant" [level=2]
            - group "Versions":
              - button "Previous version"
              - img "Version 2 of 2"
              - button "Next version" [disabled]
            - button "Copy reply"
            - button "Ask again"
            - button "Ask another model"
            - button "More actions"
            - button /^Receipt/
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

/** Holds all scripts that are asked for from now on, until the answer is called. */
async function holdScripts(page: Page): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route('**/_next/static/**', async (route) => {
    await gate.promise;
    await route.continue();
  });
  return gate.resolve;
}

test('who is quicker than the palette gets what they typed and chose', async ({ chat, page }) => {
  await chat.open();
  await expect(chat.welcome('What is on your mind?')).toBeVisible();
  const release = await holdScripts(page);
  await chat.composer.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tea');
  await page.keyboard.press('Enter');
  release();
  await expect(page.getByRole('heading', { level: 1, name: 'Teacher' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(chat.composer).toBeFocused();
  await expect(chat.composer).toHaveValue('');
});

test('what is typed while the palette is still on its way is typed into it', async ({ chat, page }) => {
  await chat.open();
  await expect(chat.welcome('What is on your mind?')).toBeVisible();
  const release = await holdScripts(page);
  await chat.composer.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('teax');
  await page.keyboard.press('Backspace');
  await expect(chat.composer).toHaveValue('');
  release();
  await expect(palette(page)).toHaveValue('tea');
  await expect(palette(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Teacher' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toHaveValue('');
});

test('a palette that cannot be loaded says so, and the page goes on', async ({ chat, context, page }) => {
  await chat.open();
  await expect(chat.welcome('What is on your mind?')).toBeVisible();
  await context.setOffline(true);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('alert').filter({ hasText: 'You are offline' })).toBeVisible();
  await chat.composer.fill('still here');
  await context.setOffline(false);
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeFocused();
});
