import { ConversationView } from '../../pages/conversation-view';
import { expect, test } from '../../support/fixtures';
import { seedAndSignIn } from '../../support/seed-conversation';

/** The tolerance for the browser's rounding, in pixels. */
const ROUNDING_PX = 2;
/** Three lines of text. */
const REFLOW_PX = 80;

test.beforeEach(({ fake }) => fake.reset());

for (const { name, viewport } of [
  { name: 'a wide screen', viewport: { width: 1280, height: 800 } },
  { name: 'a phone', viewport: { width: 390, height: 800 } },
]) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport });

    test('a conversation of 400 turns opens at its end and scrolls to the top without a jump', async ({
      app,
      chat,
      context,
      page,
    }) => {
      await seedAndSignIn(app, context, { turns: 400 });
      const view = new ConversationView(page);
      await chat.open();
      await expect(chat.turns.last()).toContainText('Answer 399');
      await view.expectAtEnd();
      await expect(chat.turns).toHaveCount(50);

      for (let loaded = 50; loaded < 400; loaded += 50) {
        // Close enough to the top that the next page loads, with a turn in view.
        await view.wheel(-50);
        await view.scrollTo(200);
        const watched = await firstInWindow(view);
        const before = await view.offsetOf(watched);
        await expect(chat.turns).toHaveCount(loaded + 50);
        await view.waitUntilStill();
        expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(ROUNDING_PX);
      }
      await view.scrollTo(0);
      await expect(chat.turn('Question 0: and what of it?')).toBeInViewport();
    });

    test('the scroll position survives a switch of assistants and a rotation of the screen', async ({
      app,
      chat,
      context,
      page,
    }) => {
      await seedAndSignIn(app, context, { turns: 60 });
      const view = new ConversationView(page);
      await chat.open();
      await view.expectAtEnd();
      await view.wheel(-2500);
      const watched = await firstInWindow(view);
      const before = await view.offsetOf(watched);

      await chat.openAssistant('Teacher');
      await chat.openAssistant('Assistant');
      await expect(watched).toBeVisible();
      await view.waitUntilStill();
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(ROUNDING_PX);

      await page.setViewportSize({ width: viewport.height + 100, height: 500 });
      await view.waitUntilStill();
      // Lines wrap differently: the turn at the upper edge keeps its position, and text below it reflows.
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(REFLOW_PX);
      await page.setViewportSize(viewport);
      await view.waitUntilStill();
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(ROUNDING_PX);
    });

    test('a reader who scrolled up stays there while a reply streams, and is told about new text', async ({
      app,
      chat,
      context,
      fake,
      page,
    }) => {
      await seedAndSignIn(app, context, { turns: 12 });
      const story = '[[hold]] a story while I read';
      const view = new ConversationView(page);
      await chat.open();
      await chat.sendMessage(story);
      await fake.received(story);
      fake.release({ contains: story, count: 1 });
      await expect(chat.turn(story)).toContainText('part1');
      await view.expectAtEnd();

      await view.wheel(-900);
      await expect(view.jumpToNewest).toHaveAccessibleName('Jump to latest');
      const watched = await firstInWindow(view);
      const before = await view.offsetOf(watched);
      fake.release({ contains: story });
      await expect(view.jumpToNewest).toHaveAccessibleName('New text below: jump to latest');
      await chat.waitForReply(chat.turn(story));
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(ROUNDING_PX);

      await view.jumpToNewest.click();
      await view.expectAtEnd();
      await expect(view.jumpToNewest).toBeHidden();
      await expect(chat.turn(story)).toContainText('part5');
    });
  });
}

test('a page at the end of the conversation stays there when the screen is rotated', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 30 });
  const view = new ConversationView(page);
  await chat.open();
  await view.expectAtEnd();
  await page.setViewportSize({ width: 390, height: 700 });
  await view.expectAtEnd();
  // The height that is left above an on-screen keyboard.
  await page.setViewportSize({ width: 390, height: 380 });
  await view.expectAtEnd();
  await page.setViewportSize({ width: 844, height: 390 });
  await view.expectAtEnd();
});

test('turns far from the window are plain text, and are rendered as they come near', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seedAndSignIn(app, context, { turns: 50 });
  const view = new ConversationView(page);
  await chat.open();
  await view.expectAtEnd();
  const early = chat.turns.filter({ hasText: 'Question 1:' });
  await expect(early).toContainText('**Markdown**');
  await view.wheel(-50);
  await view.scrollTo(0);
  await expect(early).not.toContainText('**Markdown**');
  await expect(early).toContainText('in Markdown.');
});

/** The first paragraph that begins within the window. */
async function firstInWindow(view: ConversationView) {
  await view.waitUntilStill();
  const text = await view.region.evaluate((element) => {
    const edge = element.getBoundingClientRect().top;
    const all = Array.from(element.querySelectorAll('article p'));
    const first = all.find((one) => one.getBoundingClientRect().top > edge + 10);
    return /^Question \d+:/.exec(first?.textContent ?? '')?.[0] ?? first?.textContent?.slice(0, 40) ?? '';
  });
  return view.region.locator('article p').filter({ hasText: text }).first();
}
