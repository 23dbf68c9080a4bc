import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBrowser } from '../testing/a-browser';
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

describe('a browser that does not keep the cookie', () => {
  const SEND = 'POST /api/chat/stream';
  const opened = (browser = aBrowser()) => {
    const opening = aPage(server, browser);
    page = opening;
    return opening;
  };
  const write = async (on: Page, content: string) => {
    on.client.actions.setDraft('assistant', content);
    await on.client.actions.send({ assistantId: 'assistant', content });
  };
  const draftOf = ({ client }: Page) => Object.values(client.preferences.getState().drafts);

  it('is known before any answer if the browser says that it blocks cookies', () => {
    server.dropCookie();
    const blocked = opened(aBrowser({}, { keepsCookies: false }));
    expect(blocked.client.sessions.getState().cookieMissing).toBe(true);
  });

  it.each([
    ['blocks cookies', false],
    ['seems to keep them', true],
  ])('that %s sends nothing, and keeps the message in the composer', async (_what, keepsCookies) => {
    server.dropCookie();
    const blocked = opened(aBrowser({}, { keepsCookies }));
    await blocked.until(() => blocked.client.sessions.getState().cookieMissing);
    await write(blocked, 'Lost words');
    expect(server.received(SEND)).toEqual([]);
    expect(draftOf(blocked)).toEqual(['Lost words']);
    expect(blocked.client.preferences.getState().outbox).toEqual([]);
  });

  it('sends once it keeps the cookie of a second request', async () => {
    server.dropCookie();
    const late = opened();
    await late.until(() => late.client.sessions.getState().cookieMissing);
    server.useInstance('own');
    void write(late, 'Words');
    await server.whenReceived(SEND);
    await late.until(() => draftOf(late).length === 0);
    expect(late.client.sessions.getState().cookieMissing).toBe(false);
  });
});
