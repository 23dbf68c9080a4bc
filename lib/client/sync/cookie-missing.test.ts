import { afterEach, beforeEach, expect, it } from 'vitest';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

let server: TestServer;
let page: Page | undefined;

beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  page?.close();
  await server.close();
});

it('says before the first send that the browser does not keep the cookie', async () => {
  server.dropCookie();
  const opened = aPage(server);
  page = opened;
  await opened.until(() => opened.client.sessions.getState().cookieMissing);
});

it('says nothing of the kind to a guest', async () => {
  await server.addSession('s', 'teacher', ['Before']);
  const opened = aPage(server);
  page = opened;
  await opened.until(() => opened.client.sessions.getState().byId.s !== undefined);
  expect(opened.client.sessions.getState().cookieMissing).toBe(false);
});
