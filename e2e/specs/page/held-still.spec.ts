import type { Locator, Page } from '@playwright/test';
import { ConversationView } from '../../pages/conversation-view';
import { message } from '../../pages/message';
import { expect, fakeModelSettings, test } from '../../support/fixtures';
import { scrolledParts } from '../../support/page/scrolled-parts';
import { drawTestImage } from '../../support/page/test-images';
import { seedAndSignIn } from '../../support/seed-conversation';
import { type AppServer, startAppServer } from '../../support/servers/app-server';

/** With a model whose replies are long. */
let site: AppServer;

test.beforeAll(async ({ fake }) => {
  site = await startAppServer({
    ...fakeModelSettings(fake),
    OPENAI_MODELS: 'fake-plain,fake-rich,fake-vision',
  });
});
test.afterAll(() => site.dispose());
test.beforeEach(({ fake }) => fake.reset());

const footnotes = (n: number) => ({
  message: `Question ${n}: what is it?`,
  reply: [
    'A claim with a source[^1], [a part](#composer), [nowhere](#nothing) and [a sign](#%zz).',
    ...Array.from({ length: 12 }, (_, k) => `Paragraph ${k} of reply ${n}.`),
    `[^1]: The source of reply ${n}.`,
  ].join('\n\n'),
});

test('the skip link and the links inside a reply never move the page', async ({ chat, context, page }) => {
  await seedAndSignIn(site, context, { turns: 12, texts: footnotes });
  const view = new ConversationView(page);
  await chat.open(site.url);
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
  await chat.open(site.url);
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
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(site, context, { turns: 12, texts: footnotes });
  const view = new ConversationView(page);
  await chat.open(site.url);
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
  await chat.open(site.url);
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

const overlaps = (a: Awaited<ReturnType<Locator['boundingBox']>>, b: typeof a): boolean =>
  a !== null &&
  b !== null &&
  a.y < b.y + b.height &&
  b.y < a.y + a.height &&
  a.x < b.x + b.width &&
  b.x < a.x + a.width;

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
])
  test(`no toast and no jump button lies on text or moves it, at ${viewport.width} px`, async ({
    chat,
    context,
    page,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.setViewportSize(viewport);
    await seedAndSignIn(site, context, { turns: 12, texts: footnotes });
    const view = new ConversationView(page);
    await chat.open(site.url);
    await view.expectAtEnd();
    await view.waitUntilStill();
    const last = chat.turns.last();
    const before = await last.boundingBox();

    await page.keyboard.press('Control+Shift+c');
    const toast = page.getByRole('status').filter({ hasText: 'Copied' });
    await expect(toast).toBeVisible();
    expect(await last.boundingBox()).toEqual(before);
    expect(overlaps(await toast.boundingBox(), await last.boundingBox())).toBe(false);
    await toast.getByRole('button').click();
    await expect(toast).toBeHidden();
    expect(await last.boundingBox()).toEqual(before);
    await view.expectAtEnd();

    await view.scrollTo(500);
    await view.waitUntilStill();
    await expect(view.jumpToNewest).toBeVisible();
    expect(overlaps(await view.jumpToNewest.boundingBox(), await view.region.boundingBox())).toBe(false);
    const top = await view.region.evaluate(({ scrollTop }) => scrollTop);
    await page.keyboard.press('Control+Shift+c');
    await expect(toast).toBeVisible();
    expect(overlaps(await toast.boundingBox(), await view.region.boundingBox())).toBe(false);
    expect(overlaps(await toast.boundingBox(), await view.jumpToNewest.boundingBox())).toBe(false);
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
  await chat.open(site.url);
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
  await other.open(site.url);
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

/** The share of the window that the conversation has, without what lies over it. */
const shareOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const view = document.querySelector('[data-window]')?.getBoundingClientRect();
    if (!view) return 0;
    const covering = Array.from(document.querySelectorAll('header, aside'), (element) =>
      element.getBoundingClientRect(),
    )
      .filter(({ left, right, width }) => width > 0 && left < view.right && right > view.left)
      .map(({ bottom }) => bottom);
    return (view.bottom - Math.max(view.top, ...covering)) / innerHeight;
  });

for (const { name, width, height, share } of [
  { name: '400 % zoom', width: 320, height: 256, share: 0.7 },
  { name: '200 % zoom', width: 640, height: 400, share: 0.75 },
  { name: 'a phone on its side', width: 844, height: 390, share: 0.75 },
])
  test(`at ${name} the conversation has the window, and the header is one step up`, async ({
    chat,
    context,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await seedAndSignIn(site, context, { turns: 12, texts: footnotes });
    const view = new ConversationView(page);
    await chat.open(site.url);
    await view.expectAtEnd();
    await expect.poll(() => shareOf(page)).toBeGreaterThan(share);
    await expect(chat.composer).toBeInViewport();
    await expect(chat.send).toBeInViewport();
    await expect(page.getByRole('combobox', { name: 'Model' })).toBeVisible();
    const [field, send] = [await chat.composer.boundingBox(), await chat.send.boundingBox()];
    expect(overlaps({ ...send, x: 0, width } as typeof send, field), 'on one line').toBe(true);

    // Nothing moves when the header comes back.
    const list = page.getByRole('button', { name: 'Conversations', exact: true });
    await expect(list).not.toBeInViewport();
    const text = page.getByText('Paragraph 11 of reply 11.');
    const before = await text.boundingBox();
    await page.mouse.move(width * 0.7, height * 0.65);
    await page.mouse.wheel(0, -60);
    await expect(list).toBeInViewport();
    await expect(chat.assistantTab('Teacher')).toBeInViewport();
    expect((await text.boundingBox())?.y).toBeCloseTo((before?.y ?? 0) + 60, 0);
    await page.mouse.wheel(0, 60);
    await expect(list).not.toBeInViewport();
    // By keyboard they are there at once.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    await expect(focused).toBeInViewport();
    await list.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(list).toBeFocused();
    await expect(list).toBeInViewport();
    expect(await scrolledParts(page)).toEqual([]);
    await list.click();
    await expect(chat.menu.dialog).toBeVisible();
  });

test('with text of 200 % the icons, the rail and the buttons grow too, and nothing is cut', async ({
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(site, context, { turns: 3, texts: footnotes });
  await chat.open(site.url);
  const sizes = () =>
    page.evaluate(() =>
      ['aside', 'header svg', '[data-speech=reply] svg', 'main button svg', 'textarea'].map((selector) => {
        const element = document.querySelector(selector);
        return element ? Math.round(element.getBoundingClientRect().width) : 0;
      }),
    );
  const usual = await sizes();
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  const [rail = 0, ...icons] = await sizes();
  expect(rail).toBeGreaterThan((usual[0] ?? 0) * 1.6);
  expect(icons.slice(0, 3)).toEqual(usual.slice(1, 4).map((size) => size * 2));
  for (const size of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    for (const control of [chat.send, page.getByRole('button', { name: 'Conversations', exact: true })])
      await expect(control).toBeInViewport({ ratio: 1 });
  }
});

test('PageUp and PageDown in an empty message box scroll the conversation', async ({
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(site, context, { turns: 12, texts: footnotes });
  const view = new ConversationView(page);
  await chat.open(site.url);
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

test('on a page that the browser translates, a streaming reply loses nothing, and is offered anew at its end', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] **told** to a translator';
  const pageErrors: string[] = [];
  page.on('pageerror', ({ message: text }) => pageErrors.push(text));
  await chat.open(site.url);
  await chat.ask('before it');
  // As Chrome's translator does: every text node, now and later, moves into a <font>, unless it may not be translated.
  await page.evaluate(() => {
    const wrapAll = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode()) if (walker.currentNode instanceof Text) found.push(walker.currentNode);
      for (const text of found) {
        const parent = text.parentElement;
        if (
          !parent ||
          text.data.trim() === '' ||
          parent.closest('[translate=no], font, script, style, textarea')
        )
          continue;
        const font = document.createElement('font');
        parent.replaceChild(font, text);
        font.append(document.createTextNode(text.data.toUpperCase()));
      }
    };
    document.documentElement.classList.add('translated-ltr');
    wrapAll(document.body);
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.isConnected) wrapAll(node);
    }).observe(document.body, { childList: true, subtree: true });
  });
  await chat.sendMessage(story);
  await fake.received(story);
  const reply = page.locator('[data-speech=reply]').last();
  for (let part = 1; part <= 5; part++) {
    fake.release({ contains: story, count: 1 });
    await expect(reply).toContainText(`part${part}`);
  }
  // A translator that does not heed the mark is noticed with the next word.
  await reply.evaluate((element) => {
    const paragraph = element.querySelector('p');
    const text = paragraph?.firstChild;
    if (!paragraph || !(text instanceof Text)) throw new Error('No text.');
    const font = document.createElement('font');
    paragraph.replaceChild(font, text);
    font.append(text.data);
  });
  fake.release({ contains: story });
  await expect(reply).not.toHaveAttribute('translate', 'no');
  await expect(reply).toContainText(/part1 part2 part3 part4 part5 told to a translator/i);
  await expect(reply.locator('p font').first()).toHaveText(/PART1 PART2/);
  // The page goes on working.
  await page.locator('#tab-teacher').click();
  await page.locator('#tab-assistant').click();
  await expect(reply).toContainText(/part5/i);
  expect(pageErrors).toEqual([]);
});

test('on a phone, a table that is cut fades at the edge where it goes on, and a photo is low', async ({
  chat,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await chat.open(site.url);
  const turn = await chat.ask('[[rich]] a wide table');
  const table = turn.getByRole('region', { name: 'Table' });
  await table.scrollIntoViewIfNeeded();
  const fades = () =>
    table.evaluate((element) => {
      const style = getComputedStyle(element);
      return ['--fade-start', '--fade-end'].map((name) => Number.parseFloat(style.getPropertyValue(name)));
    });
  await expect.poll(fades).toEqual([0, 36]);
  await table.evaluate((element) => element.scrollTo({ left: 9999, behavior: 'instant' }));
  await expect.poll(fades).toEqual([36, 0]);
  // A table that fits does not fade.
  const narrow = await chat.ask('[[markdown]] a narrow table');
  const fitting = narrow.getByRole('region', { name: 'Table' });
  expect(await fitting.evaluate((element) => getComputedStyle(element).getPropertyValue('--fade-end'))).toBe(
    '0px',
  );

  await page.getByRole('combobox', { name: 'Model' }).selectOption('openai:fake-vision');
  for (const [name, width, height] of [
    ['upright.png', 600, 1200],
    ['across.png', 1200, 600],
    ['strip.png', 60, 1200],
  ] as const) {
    await page.locator('input[type=file]').setInputFiles(await drawTestImage(page, { name, width, height }));
    await expect(page.getByRole('button', { name: 'Remove image 1' })).toBeVisible();
    const photo = (await chat.ask(`a photo: ${name}`)).getByRole('img', { name: 'Attached image' });
    const box = await photo.boundingBox();
    expect(box?.height, name).toBeLessThanOrEqual(200);
    expect(box?.width, name).toBeGreaterThanOrEqual(60);
    await photo.click();
    const large = page.getByRole('dialog').getByRole('img');
    await expect(large).toBeVisible();
    if (height > width) expect((await large.boundingBox())?.height).toBeGreaterThan(400);
    await page.keyboard.press('Escape');
  }
});
