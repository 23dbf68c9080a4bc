import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shownSession } from '../state/context';
import { aBrowser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { MODELS, startTestServer, type TestServer } from '../testing/test-server';

const acknowledged: string[] = [];

vi.mock('./outbox', async (importOriginal) => {
  const original = await importOriginal<typeof import('./outbox')>();
  const createOutbox: typeof original.createOutbox = (context) => {
    const outbox = original.createOutbox(context);
    const acknowledge = (turnId: string) => {
      acknowledged.push(turnId);
      outbox.acknowledge(turnId);
    };
    return { ...outbox, acknowledge };
  };
  return { ...original, createOutbox };
});

const UNSENT = 'confab:unsent:';

describe('a sent message', () => {
  let server: TestServer;
  let page: Page;
  let writes: string[];

  const conversation = () => page.client.conversations.of(shownSession(page.client) ?? '');
  const outbox = () => page.client.preferences.getState().outbox;
  const activeTurn = () => conversation()?.activeTurnId ?? '';
  const send = (content: string) => page.client.actions.send({ assistantId: 'assistant', content });
  async function finish(): Promise<void> {
    await server.finish(activeTurn());
    await page.until(() => conversation()?.activeTurnId === null);
  }

  beforeEach(async () => {
    acknowledged.length = 0;
    writes = [];
    server = await startTestServer();
    const browser = aBrowser();
    const record = (what: string, name: string) => {
      if (name.startsWith(UNSENT)) writes.push(what);
    };
    page = aPage(server, {
      ...browser,
      tab() {
        const tab = browser.tab();
        const { setItem, removeItem } = tab.storage;
        tab.storage.setItem = (name, text) => {
          record('store', name);
          setItem(name, text);
        };
        tab.storage.removeItem = (name) => {
          record('remove', name);
          removeItem(name);
        };
        return tab;
      },
    });
    await page.until(
      () => conversation()?.phase === 'ready' && page.client.catalog.getState().models.phase === 'ready',
    );
    page.client.actions.chooseModel('assistant', MODELS[1]);
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('is acknowledged once, however often its reply grows and its history is read', async () => {
    await send('Hello');
    await page.until(() => outbox().length === 0);
    const turnId = activeTurn();
    for (const text of ['One', 'One two', 'One two three']) {
      await server.write(turnId, text.slice(page.replies()[0]?.length ?? 0));
      await page.until(() => page.replies()[0] === text);
    }
    await finish();
    await page.client.actions.reload(shownSession(page.client) ?? '');
    expect(acknowledged).toEqual([turnId]);
  });

  it('is stored once when it is sent, and removed once when it is acknowledged', async () => {
    await send('Hello');
    await page.until(() => outbox().length === 0);
    await finish();
    expect(writes).toEqual(['store', 'remove']);
  });

  it('is stored once when it waits for a running reply, and not again when it is sent', async () => {
    await send('One');
    await page.until(() => outbox().length === 0);
    writes.length = 0;
    await send('Two');
    expect([outbox().map(({ state }) => state), writes]).toEqual([['waiting'], ['store']]);
    await finish();
    await page.until(() => conversation()?.turnIds.length === 2 && outbox().length === 0);
    expect(writes).toEqual(['store', 'remove']);
  });

  it('is in storage before the request is sent', async () => {
    const release = server.hold('POST /api/chat/stream');
    await send('Hello');
    await server.whenReceived('POST /api/chat/stream');
    const stored = Object.entries(page.browser.entries()).filter(([name]) => name.startsWith(UNSENT));
    expect(stored.map(([, text]) => JSON.parse(text))).toMatchObject([{ content: 'Hello' }]);
    release();
    await page.until(() => outbox().length === 0);
  });
});
