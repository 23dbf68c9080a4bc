import { test as base, expect } from '@playwright/test';
import { ChatPage } from '../pages/chat-page';
import { watchCsp } from './csp-violations';
import { type FakeOpenAI, fakeModelSettings, startFakeOpenAI } from './fake-openai/fake-openai';
import { type AppServer, startAppServer } from './servers/app-server';

interface WorkerFixtures {
  /** The model server that the app uses. */
  fake: FakeOpenAI;
  /** The production build, with `fake` as its model provider and short model timeouts. */
  app: AppServer;
}

interface TestFixtures {
  chat: ChatPage;
  /** Attaches the server's output to a failed test. */
  serverLog: undefined;
  /**
   * The violations of the content security policy in all pages of the test. Any that is left at its end fails the test,
   * so the whole run is a report on the policy.
   */
  cspViolations: string[];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  fake: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const fake = await startFakeOpenAI();
      await use(fake);
      await fake.close();
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ fake }, use) => {
      const app = await startAppServer({
        ...fakeModelSettings(fake),
        // Long enough for a test that holds a reply on a busy machine, short enough for a test that waits for it.
        MODEL_FIRST_TOKEN_MS: '12000',
        MODEL_STALL_MS: '20000',
      });
      await use(app);
      await app.dispose();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ app }, use) => use(app.url),
  chat: ({ page }, use) => use(new ChatPage(page)),
  serverLog: [
    async ({ app }, use, info) => {
      const before = app.output().length;
      await use(undefined);
      if (info.status !== info.expectedStatus)
        await info.attach('server', { body: app.output().slice(before), contentType: 'text/plain' });
    },
    { auto: true },
  ],
  cspViolations: [
    async ({ browser }, use) => {
      const violations: string[] = [];
      const watch = watchCsp(browser, (violation) => violations.push(violation));
      await use(violations);
      watch.stop();
      expect(violations, 'violations of the content security policy').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect, fakeModelSettings };
