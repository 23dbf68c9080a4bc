import type { Page } from '@playwright/test';
import { ConversationView } from '../../pages/conversation-view';
import { expect, test } from '../../support/fixtures';
import { seedAndSignIn, seedConversation } from '../../support/seed-conversation';

/** A layout shift, including those within half a second of a click, which the usual score leaves out. */
interface Shift {
  score: number;
  what: string[];
}

async function watchShifts(page: Page): Promise<() => Promise<Shift[]>> {
  await page.addInitScript(() => {
    const shifts: Shift[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as unknown as {
          value: number;
          sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
        };
        const what = sources.map(({ node, previousRect: a, currentRect: b }) => {
          const name =
            node instanceof Element ? node.className || node.tagName : node?.textContent?.slice(0, 30);
          return `${name}: ${[a.x, a.y, a.width, a.height]} → ${[b.x, b.y, b.width, b.height]}`;
        });
        shifts.push({ score: value, what });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    page.evaluate(async () => {
      // The observer is notified after the frame.
      for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(done));
      const { shifts } = window as unknown as { shifts: Shift[] };
      return shifts.splice(0);
    });
}

/** Scores below this are shown as 0: a badge may grow by some pixels, but no text may move. */
const NEGLIGIBLE = 0.01;

function expectStill(shifts: Shift[], when: string): void {
  const score = shifts.reduce((sum, shift) => sum + shift.score, 0);
  expect(score, `${when}: ${JSON.stringify(shifts)}`).toBeLessThan(NEGLIGIBLE);
}

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 800 },
]) {
  test(`nothing moves on its own at ${viewport.width} px while opening, loading older turns, switching, sending and streaming`, async ({
    app,
    chat,
    context,
    fake,
    page,
  }) => {
    fake.reset();
    await page.setViewportSize(viewport);
    const { guest } = await seedAndSignIn(app, context, { turns: 120 });
    await seedConversation(app.dataDir, { turns: 8, guest, assistantId: 'teacher' });
    const view = new ConversationView(page);
    const shifts = await watchShifts(page);

    // Delay the response until the loading state has been painted for a while.
    await page.route('**/api/chat/history?*', async (route) => {
      await page.evaluate(async (frames) => {
        for (let n = 0; n < frames; n += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      }, 20);
      await route.continue();
    });
    await chat.open();
    await expect(chat.turns).toHaveCount(50);
    await view.expectAtEnd();
    await view.waitUntilStill();
    expectStill(await shifts(), 'open');

    while ((await chat.turns.count()) === 50) {
      await view.wheel(-400);
      await view.waitUntilStill();
    }
    await view.waitUntilStill();
    expectStill(await shifts(), 'older');

    await chat.openAssistant('Teacher');
    await expect(chat.turns).toHaveCount(8);
    await view.waitUntilStill();
    expectStill(await shifts(), 'switch');

    const story = '[[hold]] a story';
    await chat.sendMessage(story);
    await fake.received(story);
    expectStill(await shifts(), 'send');
    for (let part = 0; part < 5; part++) {
      fake.release({ contains: story, count: 1 });
      await expect(chat.turn(story)).toContainText(`part${part + 1}`);
    }
    fake.release({ contains: story });
    await chat.waitForReply(chat.turn(story));
    await view.waitUntilStill();
    expectStill(await shifts(), 'stream');
  });
}
