import { expect, type Locator, type Page } from '@playwright/test';

/** The scrollable region of a conversation. */
export class ConversationView {
  readonly region: Locator;
  readonly jumpToNewest: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: /^(Conversation with|与)/ });
    this.jumpToNewest = page.getByRole('button', { name: /jump to latest/i });
  }

  /** Pixels from the upper edge of the region to the top of the target. */
  async offsetOf(target: Locator): Promise<number> {
    const [region, box] = [await this.region.boundingBox(), await target.boundingBox()];
    if (!region || !box) throw new Error('Nothing to measure.');
    return box.y - region.y;
  }

  /** Turns the mouse wheel over the conversation; negative scrolls up. */
  async wheel(pixels: number): Promise<void> {
    await this.region.hover();
    await this.page.mouse.wheel(0, pixels);
  }

  /** Jumps to this scroll position, as dragging the scrollbar would. */
  async scrollTo(top: number): Promise<void> {
    await this.region.evaluate((element, to) => element.scrollTo({ top: to, behavior: 'instant' }), top);
  }

  distanceFromEnd(): Promise<number> {
    return this.region.evaluate(({ scrollHeight, clientHeight, scrollTop }) =>
      Math.round(scrollHeight - clientHeight - scrollTop),
    );
  }

  async expectAtEnd(): Promise<void> {
    await expect.poll(() => this.distanceFromEnd()).toBeLessThanOrEqual(4);
  }

  /** Waits until scrolling has stopped and every visible turn is rendered: seeded replies all contain Markdown. */
  async waitUntilStill(): Promise<void> {
    await this.region.evaluate(async (element) => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const box = element.getBoundingClientRect();
      const isPlain = (paragraph: Element) => {
        const { top, bottom } = paragraph.getBoundingClientRect();
        return top < box.bottom && bottom > box.top && paragraph.textContent?.includes('**');
      };
      let [still, top] = [0, element.scrollTop];
      while (still < 5) {
        await frame();
        const isStill = element.scrollTop === top && !Array.from(element.querySelectorAll('p')).some(isPlain);
        still = isStill ? still + 1 : 0;
        top = element.scrollTop;
      }
    });
  }
}
