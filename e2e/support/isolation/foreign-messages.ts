import { expect, type Page } from '@playwright/test';

/** `teacher-2-5`: the fifth message of the second conversation with the teacher. */
const TOKEN = /\b(?:assistant|teacher|programmer)-\d+-\d+\b/g;

export const tokensIn = (text: string): string[] => [...new Set(text.match(TOKEN) ?? [])];

/** The conversation that a token belongs to: `teacher-2`. */
export const conversationOf = (token: string): string => token.slice(0, token.lastIndexOf('-'));

/**
 * Checks every change of the page, also after reloads: the page must never show messages of two conversations, or
 * messages of an assistant other than the one named in its heading.
 */
export async function watchForForeignMessages(page: Page): Promise<void> {
  await page.addInitScript((pattern) => {
    const token = new RegExp(pattern, 'g');
    const foreign: string[] = [];
    Reflect.set(window, 'foreignMessages', foreign);
    const look = () => {
      const name = document.querySelector('h1')?.textContent?.toLowerCase() ?? '';
      const text = document.querySelector('section[aria-label^="Conversation with"]')?.textContent ?? '';
      const tokens = text.match(token) ?? [];
      const conversations = new Set(tokens.map((one) => one.slice(0, one.lastIndexOf('-'))));
      const isForeign = [...conversations].some(
        (one) => !name.startsWith(one.slice(0, one.lastIndexOf('-'))),
      );
      if (conversations.size > 1 || isForeign) foreign.push(`under ${name}: ${tokens.join(' ')}`);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  }, TOKEN.source);
}

export async function expectNoForeignMessages(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(window, 'foreignMessages'))).toEqual([]);
}
