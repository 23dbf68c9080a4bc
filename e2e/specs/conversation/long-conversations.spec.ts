import { ConversationView } from '../../pages/conversation-view';
import { expect, test } from '../../support/fixtures';
import { seedAndSignIn } from '../../support/seed-conversation';

/** Pixels that the browser's rounding may take. */
const STILL = 2;
/** Three lines of text. */
const FLOW = 80;

test.beforeEach(({ fake }) => fake.reset());

for (const { name, viewport } of [
  { name: 'a wide screen', viewport: { width: 1280, height: 800 } },
  { name: 'a phone', viewport: { width: 390, height: 800 } },
]) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport });

    test('a conversation of 400 turns opens at its end, and goes all the way up without a jump', async ({
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
        // Near enough to the top that the next page comes, with a turn before the reader's eyes.
        await view.wheel(-50);
        await view.scrollTo(200);
        const watched = await firstInWindow(view);
        const before = await view.offsetOf(watched);
        await expect(chat.turns).toHaveCount(loaded + 50);
        await view.waitUntilStill();
        expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);
      }
      await view.scrollTo(0);
      await expect(chat.turn('Question 0: and what of it?')).toBeInViewport();
    });

    test('the reader’s place survives a switch of assistants, and a turned screen', async ({
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
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);

      await page.setViewportSize({ width: viewport.height + 100, height: 500 });
      await view.waitUntilStill();
      // The lines are others: what the upper edge cuts is held, and what is below it flows.
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(FLOW);
      await page.setViewportSize(viewport);
      await view.waitUntilStill();
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);
    });

    test('a reader who went up stays there while a reply streams, and is told of it', async ({
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
      expect(Math.abs((await view.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);

      await view.jumpToNewest.click();
      await view.expectAtEnd();
      await expect(view.jumpToNewest).toBeHidden();
      await expect(chat.turn(story)).toContainText('part5');
    });
  });
}

test('a page that follows the end stays there when the screen is turned', async ({
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
  // What the on-screen keyboard leaves of it.
  await page.setViewportSize({ width: 390, height: 380 });
  await view.expectAtEnd();
  await page.setViewportSize({ width: 844, height: 390 });
  await view.expectAtEnd();
});

test('turns that nobody looked at are there as bare words, and are drawn in full as they come near', async ({
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

/** The first turn that begins within the window. */
async function firstInWindow(view: ConversationView) {
  await view.waitUntilStill();
  const words = await view.region.evaluate((element) => {
    const edge = element.getBoundingClientRect().top;
    const all = Array.from(element.querySelectorAll('article p'));
    const first = all.find((one) => one.getBoundingClientRect().top > edge + 10);
    return /^Question \d+:/.exec(first?.textContent ?? '')?.[0] ?? first?.textContent?.slice(0, 40) ?? '';
  });
  return view.region.locator('article p').filter({ hasText: words }).first();
}
