import { expect, type Locator, type Page } from '@playwright/test';

export type AssistantName = 'Assistant' | 'Teacher' | 'Programmer';

/** The page in the words of a person who reads English. */
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

  /** The same person at another page. */
  on(page: Page): ChatPage {
    return new ChatPage(page);
  }

  /** At `address`, or where the test's own server is. */
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

  /** Writes and sends; the words have left the composer, so the server has acknowledged them. */
  async sendMessage(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.composer).toHaveValue('');
  }

  /** Says it and waits until the whole reply is there. */
  async ask(text: string): Promise<Locator> {
    await this.sendMessage(text);
    const turn = this.turn(text);
    await this.waitForReply(turn);
    return turn;
  }

  /** The turn in which this was said. */
  turn(said: string): Locator {
    return this.turns.filter({ has: this.page.getByText(said, { exact: true }) });
  }

  /** A reply that is whole can be copied and asked again. */
  async waitForReply(turn: Locator): Promise<void> {
    await expect(turn.getByRole('button', { name: 'Ask again' })).toBeVisible();
  }

  /** What is said of words that wait to go out. */
  pendingStatus(why: string): Locator {
    return this.page.getByRole('status').filter({ hasText: why });
  }

  /** Writes and sends what cannot arrive now: the words leave the composer and wait in the conversation. */
  async sendPending(text: string, why: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.pendingStatus(why).last()).toBeVisible();
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

/** The conversations of the assistant on screen. */
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
