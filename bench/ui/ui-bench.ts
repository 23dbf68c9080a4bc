import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from '@/e2e/support/chromium-path';
import { type AppServer, startAppServer } from '@/e2e/support/servers/app-server';
import { cookieName, type Guest, signGuest } from '@/lib/server/identity/guest-cookie';
import { nextBuild } from '../support/next-app';
import { startNextApp, startProgram } from '../support/programs';
import { type SeededGuests, seedConversations } from './seed-conversations';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SECRET = 'a fixed secret, so that the benchmark can sign cookies';

/** The product, or the page that renders its whole text every frame. */
export type PageName = 'product' | 'whole';

/** Everything a measure of the page needs, running. */
export interface UiBench {
  browser: Browser;
  product: AppServer;
  address: Record<PageName, string>;
  /** The owners of the seeded conversations. */
  guests: SeededGuests;
  /** The cookie of this guest. */
  cookieOf(guest: Guest): { name: string; value: string };
  dispose(): Promise<void>;
}

export async function startUiBench(): Promise<UiBench> {
  if (!existsSync(`${ROOT}/.next/BUILD_ID`)) await nextBuild(ROOT);
  const model = await startProgram('writing-model');
  const whole = await startNextApp('whole-text-page', '/', model.url);
  const product = await startAppServer({
    AUTH_SECRET: SECRET,
    OPENAI_API_KEY: 'bench',
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_MODELS: 'bench-writer',
  });
  const guests = await seedConversations(join(product.dataDir, 'confab.sqlite'));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  return {
    browser,
    product,
    address: { product: `${product.url}/`, whole: whole.url },
    guests,
    cookieOf: (guest) => ({ name: cookieName(SECRET, false), value: signGuest(guest, SECRET) }),
    async dispose() {
      await browser.close();
      whole.stop();
      model.stop();
      await product.dispose();
    },
  };
}
