import type { Locator, Page } from '@playwright/test';

/** The find bar of a conversation. */
export class FindBar {
  readonly button: Locator;
  readonly field: Locator;
  readonly status: Locator;

  constructor(readonly page: Page) {
    this.button = page.getByRole('button', { name: 'Find in conversation' });
    this.field = page.getByRole('textbox', { name: 'Find in conversation' });
    this.status = page.getByRole('search').getByRole('status');
  }

  async open(): Promise<void> {
    await this.button.click();
    await this.field.waitFor();
  }

  search(query: string): Promise<void> {
    return this.field.fill(query);
  }

  /** The text highlighted as the current match. */
  currentMatch(): Promise<string> {
    return this.page.evaluate(() => {
      const [range] = CSS.highlights.get('find-current') ?? [];
      return range ? range.toString() : '';
    });
  }
}
