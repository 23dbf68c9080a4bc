import { expect, type Locator, type Page } from '@playwright/test';

/** A person who reads a long conversation: where they are, and what they have before them. */
export class ConversationView {
  readonly region: Locator;
  readonly jumpToNewest: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: /^(Conversation with|与)/ });
    this.jumpToNewest = page.getByRole('button', { name: /jump to the newest/i });
  }

  /** Pixels from the upper edge of the window to where these words begin. */
  async offsetOf(words: Locator): Promise<number> {
    const [window, box] = [await this.region.boundingBox(), await words.boundingBox()];
    if (!window || !box) throw new Error('Nothing to measure.');
    return box.y - window.y;
  }

  /** Turns the wheel over the conversation; negative: upwards. */
  async wheel(pixels: number): Promise<void> {
    await this.region.hover();
    await this.page.mouse.wheel(0, pixels);
  }

  /** Scrolls there at once, as by the scrollbar. */
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

  /** Nothing scrolls any more, and what is in the window is drawn in full (seeded words have Markdown in them). */
  async waitUntilStill(): Promise<void> {
    await this.region.evaluate(async (element) => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const box = element.getBoundingClientRect();
      const isBare = (words: Element) => {
        const { top, bottom } = words.getBoundingClientRect();
        return top < box.bottom && bottom > box.top && words.textContent?.includes('**');
      };
      let [still, top] = [0, element.scrollTop];
      while (still < 5) {
        await frame();
        const isStill = element.scrollTop === top && !Array.from(element.querySelectorAll('p')).some(isBare);
        still = isStill ? still + 1 : 0;
        top = element.scrollTop;
      }
    });
  }
}
