import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownSession } from '../state/context';
import { aBrowser, type Browser } from '../testing/a-browser';
import { aPage, type Page } from '../testing/a-page';
import { type ContractServer, startContractServer } from '../testing/contract-server';

const POST = 'POST /api/chat/stream';

describe('a message that cannot go out', () => {
  let server: ContractServer;
  let browser: Browser;
  let page: Page;

  const outboxOf = ({ client }: Page) => client.preferences.getState().outbox;
  const outbox = () => outboxOf(page);
  const states = () => outbox().map(({ content, state, error }) => [content, state, error?.code]);
  const draft = () => Object.values(page.client.preferences.getState().drafts)[0];
  const shown = () => shownSession(page.client) ?? '';
  const conversation = () => page.client.conversations.of(shown());
  const said = () => server.pathOf(shown()).map(({ user }) => user.content);
  const sent = () => server.seen(POST).map(({ body }) => body.content);
  const waits = (count = 1) =>
    page.until(() => outbox().filter(({ state }) => state === 'waiting').length === count);
  const gone = (of = page) => of.until(() => outboxOf(of).length === 0);

  const open = async () => {
    const opened = aPage(server, browser);
    await opened.until(
      () => opened.client.conversations.of(shownSession(opened.client) ?? '')?.phase === 'ready',
    );
    return opened;
  };
  function say(content: string): void {
    page.client.actions.setDraft('assistant', content);
    void page.client.actions.send({ assistantId: 'assistant', content });
  }
  /** The next sends never reach the server. */
  function unreachable(times: number): void {
    for (let n = 0; n < times; n += 1) server.drop(POST);
  }
  const finishLive = () => {
    server.finish(server.pathOf(shown()).at(-1)?.id ?? '');
  };

  beforeEach(async () => {
    server = await startContractServer();
    browser = aBrowser();
    page = await open();
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('leaves the composer, waits visibly, and goes out by itself with its own turn id', async () => {
    unreachable(1);
    say('Hello');
    await waits();
    expect([states(), draft()]).toEqual([[['Hello', 'waiting', 'network']], undefined]);
    await page.scheduler.whenWaiting(1000);
    page.scheduler.advance(1000);
    await gone();
    const [first, second] = server.seen(POST).map(({ body }) => body.turnId);
    expect([said(), second]).toEqual([['Hello'], first]);
  });

  it.each(['store_unavailable', 'shutting_down', 'internal', 'rate_limited'] as const)(
    'because of %s goes out when that has passed',
    async (code) => {
      server.refuse(POST, code);
      say('Hello');
      await waits();
      page.resume();
      await gone();
      expect([said(), sent()]).toEqual([['Hello'], ['Hello', 'Hello']]);
    },
  );

  it('is tried ever more slowly', async () => {
    unreachable(7);
    say('Hello');
    for (const wait of [1000, 2000, 4000, 8000, 15_000, 25_000, 25_000]) {
      await waits();
      await page.scheduler.whenWaiting(wait);
      const before = sent().length;
      page.scheduler.advance(wait);
      await server.whenSeen(POST, before + 1);
    }
    await gone();
    expect(said()).toEqual(['Hello']);
  });

  it('comes no sooner than the server asked for, except at the person’s own word', async () => {
    server.refuse(POST, 'rate_limited', { retryAfterMs: 7000 });
    say('Hello');
    await page.scheduler.whenWaiting(7000);
    page.resume();
    page.online();
    expect(page.scheduler.waits()).toContain(7000);
    await page.client.actions.retrySend(outbox()[0]?.turnId ?? '');
    await gone();
    expect(sent()).toHaveLength(2);
  });

  it('goes out when the network is back, also while nobody looks', async () => {
    unreachable(1);
    say('Hello');
    await waits();
    page.visibility.visible = false;
    page.online();
    await gone();
    expect(said()).toEqual(['Hello']);
  });

  it('goes out when the server’s health is well again', async () => {
    server.refuse(POST, 'store_unavailable');
    await page.until(() => page.client.catalog.getState().health.phase === 'ready');
    server.drop('GET /api/health');
    await page.client.actions.refreshHealth();
    say('Hello');
    await waits();
    await page.client.actions.refreshHealth();
    await gone();
    expect(said()).toEqual(['Hello']);
  });

  it('and those after it go out in order, each after the reply before it has ended', async () => {
    unreachable(1);
    say('One');
    await waits();
    say('Two');
    await waits(2);
    say('Three');
    await waits(3);
    expect([draft(), sent()]).toEqual([undefined, ['One']]);
    for (const count of [1, 2, 3]) {
      page.resume();
      await page.until(() => conversation()?.activeTurnId !== null);
      expect([said(), outbox()].map(({ length }) => length)).toEqual([count, 3 - count]);
      finishLive();
      if (count < 3) await page.until(() => outbox().length === 2 - count);
    }
    expect([said(), sent()]).toEqual([
      ['One', 'Two', 'Three'],
      ['One', 'One', 'Two', 'Three'],
    ]);
  });

  it('in one conversation does not keep another from going out', async () => {
    unreachable(1);
    say('Waits');
    await waits();
    await page.client.actions.openAssistant('teacher');
    await page.client.actions.send({ assistantId: 'teacher', content: 'Goes' });
    await page.until(() => conversation()?.turnIds.length === 1);
    expect([said(), states()]).toEqual([['Goes'], [['Waits', 'waiting', 'network']]]);
  });

  it('for a conversation that is not on screen goes out all the same', async () => {
    unreachable(1);
    say('Hello');
    await waits();
    const sessionId = shown();
    await page.client.actions.openAssistant('teacher');
    page.online();
    await gone();
    expect(server.pathOf(sessionId).map(({ user }) => user.content)).toEqual(['Hello']);
  });

  it('answers after what is the newest when it goes out', async () => {
    unreachable(1);
    say('Hello');
    await waits();
    server.begin({ sessionId: shown(), assistantId: 'assistant', turnId: 'elsewhere', content: 'Earlier' });
    server.finish('elsewhere');
    page.online();
    await gone();
    expect(said()).toEqual(['Earlier', 'Hello']);
    await page.until(() => conversation()?.turnIds.length === 2);
  });

  it('waits for somebody else’s reply, and goes out after it', async () => {
    unreachable(1);
    say('Hello');
    await waits();
    server.begin({ sessionId: shown(), assistantId: 'assistant', turnId: 'elsewhere', content: 'Before' });
    page.online();
    await page.until(() => conversation()?.activeTurnId === 'elsewhere');
    expect(states()).toEqual([['Hello', 'waiting', 'turn_in_progress']]);
    server.finish('elsewhere');
    await gone();
    expect([said(), sent()]).toEqual([
      ['Before', 'Hello'],
      ['Hello', 'Hello', 'Hello'],
    ]);
  });

  it('survives a reload, and goes out once', async () => {
    unreachable(1);
    say('Hello');
    await waits();
    const { turnId } = outbox()[0] ?? {};
    page.close();
    page = await open();
    await gone();
    expect([server.pathOf(shown()).map(({ id }) => id), sent()]).toEqual([[turnId], ['Hello', 'Hello']]);
  });

  it('said again as it waits is the same turn', async () => {
    unreachable(1);
    say('Hello');
    await waits();
    say('Hello');
    await gone();
    expect([said(), new Set(server.seen(POST).map(({ body }) => body.turnId)).size]).toEqual([['Hello'], 1]);
  });

  it('can be discarded, or taken back into the composer', async () => {
    unreachable(1);
    say('One');
    await waits();
    say('Two');
    await waits(2);
    const [one, two] = outbox();
    page.client.actions.discardSend(one?.turnId ?? '');
    page.client.actions.editSend(two?.turnId ?? '');
    expect([outbox(), draft()]).toEqual([[], 'Two']);
    page.online();
    page.scheduler.advance(60_000);
    expect(sent()).toEqual(['One']);
  });

  it('is sent by one tab only, however many there are', async () => {
    const other = await open();
    unreachable(1);
    say('Hello');
    await waits();
    await other.until(() => outboxOf(other).length === 1);
    page.online();
    other.online();
    await Promise.all([gone(), gone(other)]);
    expect([said(), sent()]).toEqual([['Hello'], ['Hello', 'Hello']]);
    other.close();
  });

  it('is one turn even where no lock keeps the tabs apart', async () => {
    browser = aBrowser({}, { hasLocks: false });
    page.close();
    page = await open();
    const other = await open();
    unreachable(1);
    say('Hello');
    await waits();
    await other.until(() => outboxOf(other).length === 1);
    page.online();
    other.online();
    await Promise.all([gone(), gone(other)]);
    expect(said()).toEqual(['Hello']);
    other.close();
  });

  it('is taken over by another tab when its own is gone', async () => {
    const other = await open();
    unreachable(1);
    say('Hello');
    await waits();
    await other.until(() => outboxOf(other).length === 1);
    await page.scheduler.whenWaiting(1000);
    page.close();
    await other.scheduler.whenWaiting(5000);
    other.scheduler.advance(5000);
    await gone(other);
    expect(said()).toEqual(['Hello']);
    other.close();
  });

  it('is not lost when another tab writes what it knew before', async () => {
    const other = await open();
    unreachable(1);
    say('Hello');
    other.client.actions.setDraft('teacher', 'written elsewhere');
    await waits();
    other.client.actions.setTheme('dark');
    page.close();
    other.close();
    page = aPage(server, browser);
    expect(outbox().map(({ content }) => content)).toEqual(['Hello']);
    await gone();
  });
});
