import { expect, type Locator, type Page } from '@playwright/test';

/** A person who reads a long conversation: where they are, and what they have before them. */
export class Reader {
  readonly window: Locator;
  readonly toNewest: Locator;

  constructor(readonly page: Page) {
    this.window = page.getByRole('region', { name: /^(Conversation with|与)/ });
    this.toNewest = page.getByRole('button', { name: /jump to the newest/i });
  }

  /** Pixels from the upper edge of the window to where these words begin. */
  async offsetOf(words: Locator): Promise<number> {
    const [window, box] = [await this.window.boundingBox(), await words.boundingBox()];
    if (!window || !box) throw new Error('Nothing to measure.');
    return box.y - window.y;
  }

  /** Turns the wheel over the conversation; negative: upwards. */
  async wheel(pixels: number): Promise<void> {
    await this.window.hover();
    await this.page.mouse.wheel(0, pixels);
  }

  /** Scrolls there at once, as by the scrollbar. */
  async scrollTo(top: number): Promise<void> {
    await this.window.evaluate((element, to) => element.scrollTo({ top: to, behavior: 'instant' }), top);
  }

  gap(): Promise<number> {
    return this.window.evaluate(({ scrollHeight, clientHeight, scrollTop }) =>
      Math.round(scrollHeight - clientHeight - scrollTop),
    );
  }

  async atEnd(): Promise<void> {
    await expect.poll(() => this.gap()).toBeLessThanOrEqual(4);
  }

  /** Nothing scrolls any more, and what is in the window is drawn in full (seeded words have Markdown in them). */
  async settled(): Promise<void> {
    await this.window.evaluate(async (element) => {
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
