import fc from 'fast-check';
import { ChatPage } from '../../pages/chat-page';
import { expect, test } from '../../support/fixtures';
import { watchForForeignMessages } from '../../support/isolation/foreign-messages';
import { makeHistoriesLate } from '../../support/isolation/late-histories';
import { RandomWalk, STEP_KINDS, type WalkStep } from '../../support/isolation/random-walk';

/**
 * The short form takes the same walks every time, so that a failure means a change of the product, not bad luck. The
 * long form (`CHAOS=long`) takes new ones. A failure prints its seed; `CHAOS_SEED` repeats it.
 */
const isLong = process.env.CHAOS === 'long';
const SEED = Number(process.env.CHAOS_SEED ?? (isLong ? Date.now() % 2 ** 31 : 20261125));
const WALKS = isLong ? 30 : 3;
const LENGTH = isLong ? 40 : 20;

const walks: fc.Arbitrary<WalkStep[]> = fc.array(
  fc.record({
    what: fc.oneof(
      { arbitrary: fc.constantFrom(...STEP_KINDS), weight: 2 },
      { arbitrary: fc.constantFrom<WalkStep['what']>('switch', 'dash', 'send', 'hold', 'new'), weight: 3 },
    ),
    pick: fc.nat(20),
  }),
  { minLength: LENGTH, maxLength: LENGTH },
);

test('on any walk through the page, no message is shown or sent in the wrong place, and none is lost', async ({
  browser,
  app,
  fake,
}) => {
  test.setTimeout(isLong ? 30 * 60_000 : 120_000);
  const property = fc.asyncProperty(walks, async (steps) => {
    fake.reset();
    const context = await browser.newContext({ baseURL: app.url });
    try {
      const chat = new ChatPage(await context.newPage());
      await watchForForeignMessages(chat.page);
      await makeHistoriesLate(chat.page);
      await chat.open();
      const walk = new RandomWalk(chat, fake);
      for (const step of steps) await walk.take(step);
      await walk.end();
    } finally {
      await context.close();
    }
  });
  const result = await fc.check(property, { seed: SEED, numRuns: WALKS, endOnFailure: true });
  expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
});
