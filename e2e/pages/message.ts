import { expect, type Locator, type Page } from '@playwright/test';
import type { ChatPage } from './chat-page';

/** One turn and its actions. */
export class Message {
  readonly page: Page;
  readonly userMessage: Locator;
  readonly reply: Locator;
  readonly menu: Locator;

  constructor(readonly turn: Locator) {
    this.page = turn.page();
    this.userMessage = turn.locator('[data-speech=user]');
    this.reply = turn.locator('[data-speech=reply]');
    this.menu = this.page.getByRole('menu');
  }

  readonly button = (name: string, within: Locator = this.reply): Locator =>
    within.getByRole('button', { name, exact: true });

  readonly item = (name: string): Locator => this.menu.getByRole('menuitem', { name, exact: true });

  /** Chooses from the menu behind `…`. */
  readonly choose = async (name: string, within: Locator = this.reply): Promise<void> => {
    await this.button('More actions', within).click();
    await this.item(name).click();
    await expect(this.menu).toBeHidden();
  };

  /** Selects this text, as dragging the pointer over it would. */
  async select(text: string): Promise<void> {
    await this.turn
      .getByText(text)
      .last()
      .evaluate((element, wanted) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.textContent?.indexOf(wanted) ?? -1;
          if (at < 0) continue;
          getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
          return;
        }
      }, text);
  }
}

/** The turn with this message. */
export const message = (chat: ChatPage, text: string): Message => new Message(chat.turn(text));

export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
