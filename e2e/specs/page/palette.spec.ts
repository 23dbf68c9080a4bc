import type { Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures';
import { holdScripts } from '../../support/page/hold-scripts';
import { saveData } from '../../support/page/save-data';

test.beforeEach(({ fake }) => fake.reset());

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search and commands' });
const option = (page: Page, name: RegExp | string) => page.getByRole('dialog').getByRole('option', { name });

test('the palette finds an assistant by a few letters and moves the focus to its message box', async ({
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
  await chat.openAssistant('Teacher');
  await chat.reload();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('moss life');
  await option(page, /the secret life of moss/).click();
  await expect(chat.turn('the secret life of moss')).toBeVisible();
  await expect(chat.assistantTab('Assistant')).toHaveAttribute('aria-selected', 'true');
});

test('the arrow keys wrap around the palette, and Enter in an input method chooses nothing', async ({
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
  await expect(page.getByText('No results')).toBeVisible();
});

test('theme and language can be chosen in the palette, which returns the focus', async ({ chat, page }) => {
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

test('text typed and entered while the palette loads chooses the first result', async ({ chat, page }) => {
  await saveData(page);
  await chat.open();
  await expect(chat.welcome('What’s on your mind?')).toBeVisible();
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

test('text typed while the palette loads goes into it, not into the message', async ({ chat, page }) => {
  await saveData(page);
  await chat.open();
  await expect(chat.welcome('What’s on your mind?')).toBeVisible();
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

test('a palette that is opened again at once stays open', async ({ chat, page }) => {
  await chat.open();
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeFocused();
  // Within one task, so that the close event of the dialog comes after it has been opened again.
  await palette(page).evaluate(async (field) => {
    const press = (target: Element, key: string, ctrlKey = false) =>
      target.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
    press(field, 'k', true);
    while (field.isConnected) await null;
    press(document.body, 'k', true);
  });
  await page.keyboard.type('tea');
  await expect(palette(page)).toHaveValue('tea');
  await expect(palette(page)).toBeFocused();
});

test('a palette that cannot be loaded says so, and can be opened later', async ({ chat, context, page }) => {
  await saveData(page);
  await chat.open();
  await expect(chat.welcome('What’s on your mind?')).toBeVisible();
  await context.setOffline(true);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('alert').filter({ hasText: 'You’re offline' })).toBeVisible();
  await chat.composer.fill('still here');
  await context.setOffline(false);
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeFocused();
});
