import { expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '@/lib/chat/language';
import { stringsFor } from '@/lib/chat/strings';
import { type ConversationListStrings, conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { type GuestStrings, guestStrings } from '@/lib/chat/strings/guest';
import { type OverlayStrings, overlayStrings } from '@/lib/chat/strings/overlays';
import type { Strings } from '@/lib/chat/strings/strings';
import { type TurnFooterStrings, turnFooterStrings } from '@/lib/chat/strings/turn-footer';
import type { FakeOpenAI } from '../fake-openai/fake-openai';

/** A page in one language, and the fake model that answers it. */
export class StatePage {
  readonly strings: Strings;
  readonly list: ConversationListStrings;
  readonly turnFooter: TurnFooterStrings;
  readonly guest: GuestStrings;
  readonly overlays: OverlayStrings;
  readonly composer: Locator;
  readonly dialog: Locator;

  constructor(
    readonly page: Page,
    readonly fake: FakeOpenAI,
    language: Language,
  ) {
    this.strings = stringsFor(language);
    this.turnFooter = turnFooterStrings(language);
    this.list = conversationListStrings(language);
    this.guest = guestStrings(language);
    this.overlays = overlayStrings(language);
    this.composer = page.locator('#composer');
    this.dialog = page.getByRole('dialog');
  }

  readonly button = (name: string, within: Page | Locator = this.page): Locator =>
    within.getByRole('button', { name, exact: true });

  async sendMessage(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.composer).toHaveValue('');
  }

  async ask(text: string): Promise<Locator> {
    const turn = this.page.getByRole('article').filter({ hasText: text.replace(/^\[\[.*\]\] /, '') });
    await this.sendMessage(text);
    await expect(this.button(this.turnFooter.regenerate, turn)).toBeVisible();
    return turn;
  }
}

export interface PageState {
  name: string;
  /** Brings the page here from the previous state in the list. */
  reach(stage: StatePage): Promise<void>;
}

const OUTAGE = {
  status: 503,
  json: { error: { code: 'store_unavailable', reason: 'unreachable', message: 'The store is unreachable.' } },
};

/** Every state that a person can see, in the order of one visit. */
export const PAGE_STATES: PageState[] = [
  {
    name: 'empty',
    async reach({ page, strings }) {
      await page.goto('/');
      await expect(page.getByRole('list', { name: strings.conversation.suggestions })).toBeVisible();
    },
  },
  {
    name: 'long',
    async reach(stage) {
      for (const [n, scenario] of ['markdown', 'chinese', 'reasoning', 'length', 'markdown'].entries())
        await stage.ask(`[[${scenario}]] question ${n}`);
    },
  },
  {
    name: 'loading',
    async reach({ page, strings }) {
      // No request is ever answered.
      await page.route('**/api/chat/**', () => {});
      await page.reload();
      await expect(page.getByRole('status').getByText(strings.conversation.loading)).toBeAttached();
    },
  },
  {
    name: 'versions',
    async reach({ page, turnFooter }) {
      await page.unroute('**/api/chat/**');
      await page.reload();
      await page.getByRole('button', { name: turnFooter.regenerate, exact: true }).last().click();
      await expect(page.getByRole('button', { name: turnFooter.previousVersion }).last()).toBeEnabled();
    },
  },
  {
    name: 'message menu',
    async reach(stage) {
      await stage.button(stage.turnFooter.more).last().click();
      await expect(stage.page.getByRole('menuitem').last()).toBeVisible();
    },
  },
  {
    name: 'models menu',
    async reach(stage) {
      await stage.page.keyboard.press('Escape');
      await stage.button(stage.turnFooter.otherModels).last().click();
      await expect(stage.page.getByRole('menuitem').last()).toBeVisible();
    },
  },
  {
    name: 'receipt',
    async reach({ page, turnFooter }) {
      await page.keyboard.press('Escape');
      const line = page.getByRole('button', { name: new RegExp(`^${turnFooter.usageDetails}`) }).last();
      await line.click();
      await expect(page.getByRole('definition').first()).toBeVisible();
    },
  },
  {
    name: 'streaming',
    async reach(stage) {
      await stage.sendMessage('[[hold]] a story');
      await stage.fake.received('a story');
      stage.fake.release({ contains: 'a story', count: 3 });
      await expect(stage.page.getByText('part1 part2 part3')).toBeVisible();
    },
  },
  {
    name: 'stopped',
    async reach({ page, turnFooter }) {
      await page.keyboard.press('Escape');
      await expect(page.getByText(turnFooter.notes.stopped)).toBeVisible();
    },
  },
  {
    name: 'failed',
    async reach(stage) {
      await stage.sendMessage('[[error-401]] a question in vain');
      await expect(stage.page.getByText(stage.strings.failures.reasons.auth.what)).toBeVisible();
      await stage.sendMessage('[[cut]] a question half answered');
      await expect(stage.page.getByText(stage.strings.failures.reasons.cut.what)).toBeVisible();
    },
  },
  {
    name: 'menu',
    async reach(stage) {
      await stage.button(stage.strings.header.openList).click();
      await stage.dialog.getByRole('listitem').first().getByRole('button').last().click();
      await expect(stage.button(stage.list.delete, stage.dialog)).toBeVisible();
    },
  },
  {
    name: 'renaming',
    async reach({ dialog, list, button }) {
      await button(list.rename, dialog).click();
      await expect(dialog.getByRole('textbox')).toBeVisible();
    },
  },
  {
    name: 'undo offered',
    async reach(stage) {
      const { page, strings, list, dialog } = stage;
      await page.keyboard.press('Escape');
      await dialog.getByRole('listitem').first().getByRole('button').last().click();
      await stage.button(list.delete, dialog).click();
      await expect(stage.button(strings.toasts.undo, dialog)).toBeVisible();
      await stage.button(list.close, dialog).first().click();
      await expect(stage.button(strings.toasts.undo)).toBeVisible();
    },
  },
  {
    name: 'palette',
    async reach({ page, strings }) {
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox', { name: strings.palette.title })).toBeFocused();
      await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'palette, nothing found',
    async reach({ page, overlays }) {
      await page.keyboard.type('zzzzzz');
      await expect(page.getByText(overlays.palette.none)).toBeVisible();
    },
  },
  {
    name: 'shortcut sheet',
    async reach({ page, overlays }) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+/');
      await expect(page.getByText(overlays.shortcuts.commands.copyReply)).toBeVisible();
    },
  },
  {
    name: 'devices',
    async reach(stage) {
      const { page, strings, guest, dialog } = stage;
      await page.keyboard.press('Escape');
      await stage.button(strings.rail.guest).click();
      await expect(dialog.getByRole('list', { name: guest.devices }).getByText(guest.current)).toBeVisible();
    },
  },
  {
    name: 'deleting everything',
    async reach(stage) {
      const { guest, dialog } = stage;
      await stage.button(guest.erase.button, dialog).click();
      await expect(stage.button(guest.cancel, dialog)).toBeFocused();
    },
  },
  {
    name: 'offline',
    async reach(stage) {
      // The first goes back one step, the second closes the dialog.
      await stage.page.keyboard.press('Escape');
      await expect(stage.button(stage.guest.erase.button, stage.dialog)).toBeFocused();
      await stage.page.keyboard.press('Escape');
      await expect(stage.dialog).toBeHidden();
      await stage.page.context().setOffline(true);
      await stage.composer.fill('words that wait');
      await stage.composer.press('Enter');
      await expect(stage.page.getByText(stage.strings.pending.offline)).toBeVisible();
    },
  },
  {
    name: 'unreadable',
    async reach({ page, strings }) {
      await page.context().setOffline(false);
      await expect(page.getByRole('article').getByText('words that wait').last()).toBeVisible();
      await page.route('**/api/chat/**', (route) => route.fulfill(OUTAGE));
      await page.route('**/api/health', (route) =>
        route.fulfill({
          status: 503,
          json: {
            status: 'degraded',
            store: { durable: true, ok: false, reason: 'unreachable' },
            models: { demo: false },
          },
        }),
      );
      await page.reload();
      await expect(page.getByText(strings.conversation.loadFailed)).toBeVisible();
      await expect(page.getByRole('alert').filter({ hasText: strings.failures.kept.tab })).toBeVisible();
    },
  },
  {
    name: 'nowhere',
    async reach({ page, strings }) {
      await page.goto('/nowhere');
      await expect(page.getByText(strings.pages.notFoundTitle)).toBeVisible();
    },
  },
];
