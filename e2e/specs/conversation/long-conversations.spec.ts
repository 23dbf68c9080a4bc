import { Reader } from '../../pages/reader';
import { expect, test } from '../../support/fixtures';
import { seeded } from '../../support/seeded';

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
      await seeded(app, context, { turns: 400 });
      const reader = new Reader(page);
      await chat.open();
      await expect(chat.turns.last()).toContainText('Answer 399');
      await reader.atEnd();
      await expect(chat.turns).toHaveCount(50);

      for (let loaded = 50; loaded < 400; loaded += 50) {
        // Near enough to the top that the next page comes, with a turn before the reader's eyes.
        await reader.wheel(-50);
        await reader.scrollTo(200);
        const watched = await firstInWindow(reader);
        const before = await reader.offsetOf(watched);
        await expect(chat.turns).toHaveCount(loaded + 50);
        await reader.settled();
        expect(Math.abs((await reader.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);
      }
      await reader.scrollTo(0);
      await expect(chat.turn('Question 0: and what of it?')).toBeInViewport();
    });

    test('the reader’s place survives a switch of assistants, and a turned screen', async ({
      app,
      chat,
      context,
      page,
    }) => {
      await seeded(app, context, { turns: 60 });
      const reader = new Reader(page);
      await chat.open();
      await reader.atEnd();
      await reader.wheel(-2500);
      const watched = await firstInWindow(reader);
      const before = await reader.offsetOf(watched);

      await chat.choose('Teacher');
      await chat.choose('Assistant');
      await expect(watched).toBeVisible();
      await reader.settled();
      expect(Math.abs((await reader.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);

      await page.setViewportSize({ width: viewport.height + 100, height: 500 });
      await reader.settled();
      // The lines are others: what the upper edge cuts is held, and what is below it flows.
      expect(Math.abs((await reader.offsetOf(watched)) - before)).toBeLessThanOrEqual(FLOW);
      await page.setViewportSize(viewport);
      await reader.settled();
      expect(Math.abs((await reader.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);
    });

    test('a reader who went up stays there while a reply streams, and is told of it', async ({
      app,
      chat,
      context,
      fake,
      page,
    }) => {
      await seeded(app, context, { turns: 12 });
      const story = '[[hold]] a story while I read';
      const reader = new Reader(page);
      await chat.open();
      await chat.say(story);
      await fake.asked(story);
      fake.release({ contains: story, count: 1 });
      await expect(chat.turn(story)).toContainText('part1');
      await reader.atEnd();

      await reader.wheel(-900);
      await expect(reader.toNewest).toHaveAccessibleName('Jump to the newest');
      const watched = await firstInWindow(reader);
      const before = await reader.offsetOf(watched);
      fake.release({ contains: story });
      await expect(reader.toNewest).toHaveAccessibleName('New text below: jump to the newest');
      await chat.ended(chat.turn(story));
      expect(Math.abs((await reader.offsetOf(watched)) - before)).toBeLessThanOrEqual(STILL);

      await reader.toNewest.click();
      await reader.atEnd();
      await expect(reader.toNewest).toBeHidden();
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
  await seeded(app, context, { turns: 30 });
  const reader = new Reader(page);
  await chat.open();
  await reader.atEnd();
  await page.setViewportSize({ width: 390, height: 700 });
  await reader.atEnd();
  // What the on-screen keyboard leaves of it.
  await page.setViewportSize({ width: 390, height: 380 });
  await reader.atEnd();
  await page.setViewportSize({ width: 844, height: 390 });
  await reader.atEnd();
});

test('turns that nobody looked at are there as bare words, and are drawn in full as they come near', async ({
  app,
  chat,
  context,
  page,
}) => {
  await seeded(app, context, { turns: 50 });
  const reader = new Reader(page);
  await chat.open();
  await reader.atEnd();
  const early = chat.turns.filter({ hasText: 'Question 1:' });
  await expect(early).toContainText('**Markdown**');
  await reader.wheel(-50);
  await reader.scrollTo(0);
  await expect(early).not.toContainText('**Markdown**');
  await expect(early).toContainText('in Markdown.');
});

/** The first turn that begins within the window. */
async function firstInWindow(reader: Reader) {
  await reader.settled();
  const words = await reader.window.evaluate((element) => {
    const edge = element.getBoundingClientRect().top;
    const all = Array.from(element.querySelectorAll('article p'));
    const first = all.find((one) => one.getBoundingClientRect().top > edge + 10);
    return /^Question \d+:/.exec(first?.textContent ?? '')?.[0] ?? first?.textContent?.slice(0, 40) ?? '';
  });
  return reader.window.locator('article p').filter({ hasText: words }).first();
}
