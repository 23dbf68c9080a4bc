import { message } from '../../pages/message';
import { expect, test } from '../../support/fixtures';
import { axeViolations } from '../../support/page/axe-violations';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeEach(({ fake }) => fake.reset());

test('nothing moves when the action row of a reply appears', async ({ chat, page }) => {
  await chat.open();
  await chat.ask('one');
  await chat.ask('two');
  const { reply, button } = message(chat, 'one');
  await page.mouse.move(2, 2);
  const opacity = () =>
    button('Copy reply').evaluate((element) => {
      const row = element.closest('div');
      return row ? getComputedStyle(row).opacity : '';
    });
  await expect.poll(opacity).toBe('0');
  const before = await chat.turn('two').boundingBox();
  await reply.hover();
  await expect.poll(opacity).toBe('1');
  expect(await chat.turn('two').boundingBox()).toEqual(before);
});

test('the action row, its menu, Quote and Delete work by keyboard alone, and the focus is never lost', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.ask('one');
  await chat.ask('two');
  const one = message(chat, 'one');
  await one.button('More actions').focus();
  await page.keyboard.press('ArrowDown');
  await expect(one.item('Copy as plain text')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(one.item('Delete')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(one.item('Copy as plain text')).toBeFocused();
  await page.keyboard.press('r');
  await expect(one.item('Read aloud')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Escape');
  await expect(one.menu).toBeHidden();
  await expect(one.button('More actions')).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.press('q');
  await page.keyboard.press('Enter');
  await expect(chat.composer).toBeFocused();
  await expect(chat.composer).toHaveValue(/^> echo: one/);

  await one.button('More actions').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(chat.turns).toHaveCount(1);
  await expect(message(chat, 'two').button('More actions')).toBeFocused();
  await message(chat, 'two').button('Regenerate').focus();
  await page.keyboard.press('Enter');
  await expect(chat.turn('two')).toContainText('2/2');
  await expect(chat.composer).toBeFocused();
});

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the newest reply shows its action row; an older one has a single menu button', async ({
    chat,
    page,
  }) => {
    await chat.open();
    for (const said of ['one', 'two']) {
      await chat.composer.fill(said);
      await chat.send.tap();
      await expect(message(chat, said).button('Regenerate')).toBeVisible();
    }
    const [one, two] = [message(chat, 'one'), message(chat, 'two')];
    await expect(two.button('Copy reply')).toBeVisible();
    await expect(one.button('Copy reply')).toBeHidden();
    await one.button('More actions').tap();
    await expect(one.menu.getByRole('menuitem')).toHaveText([
      ...['Copy as Markdown', 'Copy as plain text', 'Quote', 'Read aloud'],
      ...['Regenerate', 'Try another model', 'Copy link', 'Delete'],
    ]);
    expect(await axeViolations(page)).toEqual([]);
    await one.item('Try another model').tap();
    await one.item('fake-reasoning').tap();
    await expect(one.turn).toContainText('2/2');
    await expect(chat.turns).toHaveCount(1);
    await chat.waitForReply(one.turn);
    const box = await one.button('More actions').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  });
});
