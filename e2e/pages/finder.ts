import type { Locator, Page } from '@playwright/test';

/** The search in a conversation. */
export class Finder {
  readonly button: Locator;
  readonly field: Locator;
  readonly state: Locator;

  constructor(readonly page: Page) {
    this.button = page.getByRole('button', { name: 'Find in this conversation' });
    this.field = page.getByRole('textbox', { name: 'Find in this conversation' });
    this.state = page.getByRole('search').getByRole('status');
  }

  async open(): Promise<void> {
    await this.button.click();
    await this.field.waitFor();
  }

  look(words: string): Promise<void> {
    return this.field.fill(words);
  }

  /** What is marked as the current match. */
  current(): Promise<string> {
    return this.page.evaluate(() => {
      const [range] = CSS.highlights.get('find-current') ?? [];
      return range ? range.toString() : '';
    });
  }
}
