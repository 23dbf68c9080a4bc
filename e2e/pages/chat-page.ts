import { expect, type Locator, type Page } from '@playwright/test';

export type AssistantName = 'Assistant' | 'Teacher' | 'Programmer';

/** The page, found by its English text. */
export class ChatPage {
  readonly composer: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  readonly turns: Locator;
  readonly menu: ConversationMenu;

  constructor(readonly page: Page) {
    this.composer = page.getByRole('textbox', { name: /^Message / });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.stop = page.getByRole('button', { name: 'Stop', exact: true });
    this.turns = page.getByRole('article');
    this.menu = new ConversationMenu(page);
  }

  /** The same page object for another browser tab. */
  on(page: Page): ChatPage {
    return new ChatPage(page);
  }

  /** Opens `address`, by default the page of the test's own server. */
  async open(address = '/'): Promise<void> {
    await this.page.goto(address);
    await expect(this.composer).toBeVisible();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await expect(this.composer).toBeVisible();
  }

  assistantTab(name: AssistantName): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  async openAssistant(name: AssistantName): Promise<void> {
    await this.assistantTab(name).click();
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
  }

  /** Sends a message and waits until the composer is empty, which means that the server has acknowledged it. */
  async sendMessage(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.composer).toHaveValue('');
  }

  /** Sends a message and waits for the full reply. */
  async ask(text: string): Promise<Locator> {
    await this.sendMessage(text);
    const turn = this.turn(text);
    await this.waitForReply(turn);
    return turn;
  }

  /** The turn with this message. */
  turn(message: string): Locator {
    return this.turns.filter({ has: this.page.getByText(message, { exact: true }) });
  }

  /** Waits for the button that only a complete reply has. */
  async waitForReply(turn: Locator): Promise<void> {
    await expect(turn.getByRole('button', { name: 'Regenerate' })).toBeVisible();
  }

  /** The line under a pending message that says why it is pending. */
  pendingStatus(reason: string): Locator {
    return this.page.getByRole('status').filter({ hasText: reason });
  }

  /** Sends a message that cannot be delivered now: it leaves the composer and is pending in the conversation. */
  async sendPending(text: string, reason: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.pendingStatus(reason).last()).toBeVisible();
    await expect(this.composer).toHaveValue('');
  }

  retry(within: Locator): Locator {
    return within.getByRole('button', { name: 'Try again' });
  }

  welcome(title: string): Locator {
    return this.page.getByRole('heading', { name: title });
  }

  newConversation(): Promise<void> {
    return this.page.getByRole('button', { name: 'New conversation', exact: true }).first().click();
  }

  undo(): Promise<void> {
    return this.page.getByRole('button', { name: 'Undo' }).first().click();
  }
}

/** The dialog with the conversations of the current assistant. */
export class ConversationMenu {
  readonly dialog: Locator;
  readonly rows: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole('dialog');
    this.rows = this.dialog.getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Conversations', exact: true }).click();
    await expect(this.dialog).toBeVisible();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }

  row(title: string): Locator {
    return this.rows.filter({ hasText: title });
  }

  async act(title: string, action: 'Rename' | 'Pin' | 'Clear' | 'Delete'): Promise<void> {
    const row = this.row(title);
    await row.getByRole('button', { name: `Actions for “${title}”` }).click();
    await row.getByRole('button', { name: action, exact: true }).click();
  }
}
