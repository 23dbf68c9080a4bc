import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium-path';

/** A real Chromium in which every name below `.test` is this machine. */
export class AttackBrowser {
  private constructor(readonly browser: Browser) {}

  static async launch(): Promise<AttackBrowser> {
    return new AttackBrowser(
      await chromium.launch({
        executablePath: chromiumPath(),
        args: [...CHROMIUM_ARGS, '--host-resolver-rules=MAP *.test 127.0.0.1'],
      }),
    );
  }

  /** Runs `work` in a profile of its own. */
  async visit<T>(
    work: (page: Page, context: BrowserContext) => Promise<T>,
    options: BrowserContextOptions = {},
  ): Promise<T> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(20_000);
    try {
      return await work(await context.newPage(), context);
    } finally {
      await context.close();
    }
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
