import { chromium, type Page } from '@playwright/test';
import { ChatPage } from '@/e2e/pages/chat-page';
import { CHROMIUM_ARGS, chromiumPath } from '@/e2e/support/chromium-path';
import { stringsWithStorage } from '@/lib/chat/strings/storage-failures';
import { turnFooterStrings } from '@/lib/chat/strings/turn-footer';
import { must } from '../../support/run-checks';
import type { VercelSite } from '../runtime/vercel-site';
import type { VercelCheck } from '../vercel-check';

async function inBrowser<T>(site: VercelSite, visit: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    // The site's certificate is its own.
    const context = await browser.newContext({ baseURL: site.url, ignoreHTTPSErrors: true, locale: 'en-US' });
    return await visit(await context.newPage());
  } finally {
    await browser.close();
  }
}

/** Deployments that share a store, or have none. */
export const environments: VercelCheck[] = [
  {
    name: 'previews',
    promise: 'previews that share the production’s store have keys of their own, by branch',
    run: async (lab) => {
      const keysAfter = async (variables: Record<string, string>): Promise<string[]> => {
        const before = new Set(await lab.redis.keys('*'));
        const guest = await lab.guest(await lab.site({ environment: { ...lab.store, ...variables } }));
        await (await guest.send('hello')).ended;
        return (await lab.redis.keys('*')).filter((key) => !before.has(key));
      };
      const preview = { VERCEL_ENV: 'preview', VERCEL_TARGET_ENV: 'preview' };
      const sets = [
        await keysAfter({}),
        await keysAfter({ ...preview, VERCEL_GIT_COMMIT_REF: 'feature/one' }),
        await keysAfter({ ...preview, VERCEL_GIT_COMMIT_REF: 'two' }),
      ];
      const [production = [], ...previews] = sets;
      // Each has the secret, the session and its turn at least, so none has found another's.
      for (const keys of sets) must(keys.length >= 4, `only ${keys.length} new keys: ${keys.join(' ')}`);
      const prefixes = previews.map(commonStart);
      must(
        prefixes.every(
          (prefix) => /preview/.test(prefix) && !production.some((key) => key.startsWith(prefix)),
        ),
        `the keys begin with ${sets.map(commonStart).join(', ')}`,
      );
      return sets.map((keys) => `${keys.length} keys ${commonStart(keys)}…`).join('\n');
    },
  },
  {
    name: 'no-store',
    promise:
      'without a store the page says so before the first message, and messages become no versions of another',
    run: async (lab) => {
      const site = await lab.site({ environment: {} });
      const guest = await lab.guest(site);
      const { store } = await guest.json<{ store: { durable: boolean } }>('/api/health');
      must(!store.durable, JSON.stringify(store));
      return inBrowser(site, async (page) => {
        const chat = new ChatPage(page);
        await chat.open();
        const banner = page.getByText(/has no storage.*add Upstash Redis/);
        await banner.waitFor({ timeout: 15_000 }).catch(async () => {
          throw new Error(`the page says: ${(await page.locator('body').innerText()).slice(0, 1_500)}`);
        });
        const wrongHint = await page
          .getByText(stringsWithStorage('en').failures.storage.no_cookies?.what ?? '')
          .count();
        must(wrongHint === 0, 'the page says that the browser keeps no cookie');
        await chat.sendMessage('first');
        await chat.turn('first').getByRole('button', { name: 'Regenerate' }).waitFor();
        // Every process with the conversation ends, as it does when nobody has come for a while.
        await site.endInstances();
        const answered = page.waitForResponse(
          (response) => response.url().includes('/api/chat/stream') && response.request().method() === 'POST',
        );
        await chat.composer.fill('second');
        await chat.composer.press('Enter');
        const status = (await answered).status();
        must(status === 503, `a process without the conversation answered ${status}`);
        await page.getByText('second').first().waitFor();
        const versions = await page.getByRole('group', { name: turnFooterStrings('en').versions }).count();
        must(versions === 0, `${versions} version switches after two messages`);
        return `“${await banner.first().innerText()}”; a message to a process without the conversation: ${status}, no versions`;
      });
    },
  },
];

function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
