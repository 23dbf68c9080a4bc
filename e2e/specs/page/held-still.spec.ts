import { ConversationView } from '../../pages/conversation-view';
import { message } from '../../pages/message';
import { expect } from '../../support/fixtures';
import { longReply, test } from '../../support/page/long-replies';
import { overlap } from '../../support/page/overlap';
import { scrolledParts } from '../../support/page/scrolled-parts';
import { seedAndSignIn } from '../../support/seed-conversation';

test.beforeEach(({ fake }) => fake.reset());

test('the skip link and the links inside a reply never move the page', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 12, texts: longReply });
  const view = new ConversationView(page);
  await chat.open();
  await view.expectAtEnd();
  await view.waitUntilStill();
  const composerBox = await chat.composer.boundingBox();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(chat.composer).toBeFocused();
  const beyond = () => page.evaluate(() => [scrollY, document.documentElement.scrollHeight - innerHeight]);
  expect(await beyond()).toEqual([0, 0]);
  expect(await chat.composer.boundingBox()).toEqual(composerBox);

  // A footnote leads to its text, and back.
  const turn = chat.turn('Question 11: what is it?');
  const reference = turn.getByRole('link', { name: '1', exact: true });
  const source = turn.getByText('The source of reply 11.');
  await reference.scrollIntoViewIfNeeded();
  await view.wheel(-300);
  await view.waitUntilStill();
  await reference.click();
  await expect(source).toBeInViewport();
  await turn.getByRole('link', { name: 'Back to the text' }).press('Enter');
  await expect(reference).toBeInViewport();
  await expect(reference).toBeFocused();

  // A link to any other part of the page leads nowhere.
  for (const name of ['a part', 'nowhere', 'a sign']) {
    const link = turn.getByRole('link', { name, exact: true });
    await link.click();
    await expect(link).toBeFocused();
  }
  expect(await beyond()).toEqual([0, 0]);
  expect(await scrolledParts(page)).toEqual([]);
  expect(await chat.composer.boundingBox()).toEqual(composerBox);
});

test('the switch between versions stays under the finger, whatever the other version’s height', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await chat.open();
  await chat.ask('two versions');
  const it = message(chat, 'two versions');
  await it.button('Try another model').click();
  await it.item('fake-rich').click();
  await expect(it.turn).toContainText('2/2');
  await chat.waitForReply(it.turn);
  await expect(it.turn).toContainText('The last words.');

  /** The distance of the switch from where it was pressed, once nothing moves any more. */
  const press = async (name: string, shown: string) => {
    const button = it.button(name);
    await button.scrollIntoViewIfNeeded();
    await new ConversationView(page).waitUntilStill();
    const before = await button.boundingBox();
    await button.click();
    await expect(it.turn).toContainText(shown);
    await new ConversationView(page).waitUntilStill();
    const after = await it.reply.getByRole('group', { name: 'Versions' }).boundingBox();
    return Math.abs((after?.y ?? Number.NaN) - (before?.y ?? Number.NaN));
  };
  // From the long one to the short one, which leaves nothing to scroll, and back.
  expect(await press('Previous version', '1/2')).toBeLessThanOrEqual(2);
  expect(await press('Next version', '2/2')).toBeLessThanOrEqual(2);
  expect(await press('Previous version', '1/2')).toBeLessThanOrEqual(2);
  // What made room for it is gone once a message is sent.
  await chat.ask('and on');
  await new ConversationView(page).expectAtEnd();
  expect(await it.turn.evaluate((turn) => turn.closest('[data-turn]')?.parentElement?.style.cssText)).toBe(
    '',
  );

  // In the middle of a conversation, with turns below that only one of the versions has.
  await it.button('Next version').scrollIntoViewIfNeeded();
  expect(await press('Next version', '2/2')).toBeLessThanOrEqual(2);
  expect(await press('Previous version', '1/2')).toBeLessThanOrEqual(2);
});

test('what opens under a button at the end of a conversation leaves the button where it is', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 12, texts: longReply });
  const view = new ConversationView(page);
  await chat.open();
  await view.expectAtEnd();
  await view.waitUntilStill();
  const usage = chat.turns.last().getByRole('button', { name: /^Usage details/ });
  const before = await usage.boundingBox();
  await usage.click();
  await expect(page.getByRole('definition').first()).toBeAttached();
  await view.waitUntilStill();
  expect(await usage.boundingBox()).toEqual(before);
  await usage.click();
  await expect(page.getByRole('definition')).toHaveCount(0);
  await view.waitUntilStill();
  expect(await usage.boundingBox()).toEqual(before);
});

test('the row under a reply is empty until the reply has ended, then all there', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] row by row';
  await chat.open();
  await chat.sendMessage(story);
  await fake.received(story);
  fake.release({ contains: story, count: 2 });
  const it = message(chat, story);
  await expect(it.turn).toContainText('part1 part2');
  await expect(it.reply.getByRole('button')).toHaveCount(0);
  // What it will offer can be had by keyboard meanwhile.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Control+Shift+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('part1 part2');
  /** The buttons of the row at each change of it. */
  const rows = await it.reply.evaluateHandle((reply) => {
    const seen: number[] = [];
    new MutationObserver(() => {
      const count = reply.lastElementChild?.lastElementChild?.querySelectorAll('button').length ?? 0;
      if (seen.at(-1) !== count) seen.push(count);
    }).observe(reply, { childList: true, subtree: true });
    return seen;
  });
  fake.release({ contains: story });
  await chat.waitForReply(it.turn);
  const buttons = await it.reply.getByRole('button').count();
  expect((await rows.jsonValue()).filter((count) => count > 0)).toEqual([buttons]);
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
])
  test(`no toast and no jump button lies on text or moves it, at ${viewport.width} px`, async ({
    app,
    chat,
    context,
    page,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.setViewportSize(viewport);
    await seedAndSignIn(app, context, { turns: 12, texts: longReply });
    const view = new ConversationView(page);
    await chat.open();
    await view.expectAtEnd();
    await view.waitUntilStill();
    const last = chat.turns.last();
    const before = await last.boundingBox();

    await page.keyboard.press('Control+Shift+c');
    const toast = page.getByRole('status').filter({ hasText: 'Copied' });
    await expect(toast).toBeVisible();
    expect(await last.boundingBox()).toEqual(before);
    expect(overlap(await toast.boundingBox(), await last.boundingBox())).toBe(false);
    await toast.getByRole('button').click();
    await expect(toast).toBeHidden();
    expect(await last.boundingBox()).toEqual(before);
    await view.expectAtEnd();

    await view.scrollTo(500);
    await view.waitUntilStill();
    await expect(view.jumpToNewest).toBeVisible();
    expect(overlap(await view.jumpToNewest.boundingBox(), await view.region.boundingBox())).toBe(false);
    const top = await view.region.evaluate(({ scrollTop }) => scrollTop);
    await page.keyboard.press('Control+Shift+c');
    await expect(toast).toBeVisible();
    expect(overlap(await toast.boundingBox(), await view.region.boundingBox())).toBe(false);
    expect(overlap(await toast.boundingBox(), await view.jumpToNewest.boundingBox())).toBe(false);
    expect(await view.region.evaluate(({ scrollTop }) => scrollTop)).toBe(top);
    await view.jumpToNewest.click();
    await view.expectAtEnd();
  });

test('the open list of conversations keeps its order, and shows which one has the new reply', async ({
  chat,
  context,
  fake,
  page,
}) => {
  const story = '[[hold]] the older one';
  await chat.open();
  await chat.sendMessage(story);
  await fake.received(story);
  await chat.newConversation();
  await chat.ask('the newer one');
  await expect(chat.assistantTab('Assistant')).toHaveAccessibleName(/replying/);
  await chat.menu.open();
  await expect(chat.menu.row('the newer one')).toBeVisible();
  await expect(chat.menu.row('the older one')).toContainText('replying');
  const order = await chat.menu.rows.allInnerTexts();
  expect(order[0]).toContain('the newer one');

  await chat.menu
    .row('the newer one')
    .getByRole('button', { name: /^Actions/ })
    .click();
  fake.release({ contains: story });
  await expect(chat.menu.row('the older one')).toContainText('new reply');
  // In another browser tab the older one moves to the top.
  const other = chat.on(await context.newPage());
  await other.open();
  await other.menu.open();
  await other.menu.row('the older one').getByRole('button').first().click();
  await other.ask('more of it');
  await expect(chat.menu.row('the older one')).toContainText(/more of it|echo/);
  expect((await chat.menu.rows.allInnerTexts()).map((text) => text.includes('the newer one'))).toEqual([
    true,
    false,
  ]);
  await chat.menu.row('the newer one').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Deleted “the newer one”')).toBeVisible();
  await expect(chat.menu.rows).toHaveCount(1);
});

test('PageUp and PageDown in an empty message box scroll the conversation', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 12, texts: longReply });
  const view = new ConversationView(page);
  await chat.open();
  await view.expectAtEnd();
  await chat.composer.focus();
  await page.keyboard.press('PageUp');
  await expect.poll(() => view.distanceFromEnd()).toBeGreaterThan(300);
  await page.keyboard.press('PageDown');
  await view.expectAtEnd();
  await page.keyboard.type('a message');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('End');
  await view.expectAtEnd();
});
