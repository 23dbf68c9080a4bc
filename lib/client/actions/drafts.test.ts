import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageRef } from '@/lib/chat/turn';
import { shownSession } from '../state/context';
import { contentOf, draftAt, draftKey } from '../state/draft';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const POST = 'POST /api/chat/stream';
const A = 'assistant';
const LONG = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');

const image = (id: string): ImageRef => ({ id, type: 'image/png', width: 40, height: 30 });

let server: TestServer;
let page: Page;

const actions = () => page.client.actions;
const state = () => page.client.preferences.getState();
const draft = (of = page) => {
  const preferences = of.client.preferences.getState();
  return draftAt(preferences, draftKey(preferences, A));
};
const conversation = () => page.client.conversations.of(shownSession(page.client) ?? '');
const outbox = () => state().outbox.map((entry) => [entry.content, entry.state]);
const sent = () => server.received(POST).map(({ body }) => body);
/** Sends the draft as the composer does. */
const send = () => actions().send({ assistantId: A, content: contentOf(draft()), images: draft().images });
const attach = (images: ImageRef[]) =>
  page.client.preferences.setState(({ attachments }) => ({
    attachments: { ...attachments, [draftKey(state(), A)]: { pastes: draft().pastes, images } },
  }));

beforeEach(async () => {
  server = await startTestServer();
  page = aPage(server);
  await page.until(() => conversation()?.phase === 'ready');
});
afterEach(async () => {
  page.close();
  await server.close();
});

describe('a draft', () => {
  it('is sent with its pasted blocks in fences, and leaves the composer empty', async () => {
    actions().setDraft(A, 'Look:');
    actions().addPaste(A, LONG);
    await send();
    await page.until(() => state().outbox.length === 0);
    expect(sent()[0]?.content).toBe(`Look:\n\n\`\`\`\n${LONG}\n\`\`\``);
    expect(draft()).toEqual({ text: '', pastes: [], images: [] });
  });

  it('keeps its pasted blocks and images across a reload', () => {
    actions().setDraft(A, 'Look:');
    actions().addPaste(A, LONG);
    attach([image('one')]);
    const before = draft();
    page.close();
    const again = aPage(server, page.browser);
    expect(draft(again)).toEqual(before);
    again.close();
  });

  it('stays if something is attached while its message is sent', async () => {
    const release = server.hold(POST);
    actions().setDraft(A, 'Look:');
    void send();
    await server.whenReceived(POST);
    actions().addPaste(A, LONG);
    release();
    await page.until(() => state().outbox.length === 0);
    expect(draft()).toEqual({ text: 'Look:', pastes: [LONG], images: [] });
  });

  it('may consist of images only, which are sent by their ids', async () => {
    const images = [await server.addImage(1), await server.addImage(2)];
    attach(images);
    await send();
    await page.until(() => state().outbox.length === 0);
    expect([sent()[0]?.content, sent()[0]?.images]).toEqual(['', images.map(({ id }) => id)]);
    expect(draft().images).toEqual([]);
  });

  it('is restored with its pasted blocks and images if the message is refused', async () => {
    server.refuse(POST, 'too_large');
    actions().setDraft(A, 'Look:');
    actions().addPaste(A, LONG);
    attach([image('one')]);
    const before = draft();
    await send();
    await page.until(() => state().outbox[0]?.state === 'failed');
    expect(draft()).toEqual({ text: '', pastes: [], images: [] });
    actions().editSend(state().outbox[0]?.turnId ?? '');
    expect(draft()).toEqual(before);
  });
});

describe('a message sent while a reply is running', () => {
  beforeEach(async () => {
    actions().setDraft(A, 'One');
    await send();
    await page.until(() => conversation()?.activeTurnId != null);
    await server.write(conversation()?.activeTurnId ?? '', 'As far as');
    await page.until(() => page.replies()[0] === 'As far as');
    actions().setDraft(A, 'Two');
    await send();
  });

  it('leaves the composer, waits without a request, and is sent after the reply', async () => {
    expect([draft().text, outbox(), sent().length]).toEqual(['', [['Two', 'waiting']], 1]);
    await server.finish(conversation()?.activeTurnId ?? '');
    await page.until(() => conversation()?.turnIds.length === 2);
    expect(sent().map(({ content }) => content)).toEqual(['One', 'Two']);
  });

  it('can be discarded, or returned to the composer by editing the last message', async () => {
    actions().setDraft(A, 'Three');
    await send();
    actions().discardSend(state().outbox[0]?.turnId ?? '');
    actions().editLast(A);
    expect([draft().text, outbox()]).toEqual(['Three', []]);
  });
});

describe('an edit', () => {
  let first: string;
  let second: string;

  beforeEach(async () => {
    [first = '', second = ''] = await server.addSession('past', A, ['One', 'Two']);
    await actions().openSession(A, 'past');
    actions().setDraft(A, 'half a thought');
    actions().editLast(A);
  });

  it('puts the message into the composer and becomes a version of the turn', async () => {
    expect([draft().text, state().editing.past?.turnId]).toEqual(['Two', second]);
    actions().setDraft(A, 'Two, said better');
    await send();
    await page.until(() => state().outbox.length === 0);
    expect(sent()[0]).toMatchObject({ content: 'Two, said better', parentId: first });
    expect(conversation()?.turnIds).toEqual([first, sent()[0]?.turnId]);
  });

  it('restores the draft when it is sent and when it is cancelled', async () => {
    await send();
    await page.until(() => state().outbox.length === 0);
    expect([draft().text, state().editing]).toEqual(['half a thought', {}]);
    actions().startEdit(first);
    expect(draft().text).toBe('One');
    actions().cancelEdit(A);
    expect([draft().text, state().editing]).toEqual(['half a thought', {}]);
  });

  it('of the first message becomes a new root', async () => {
    actions().startEdit(first);
    await send();
    await page.until(() => state().outbox.length === 0);
    expect(sent()[0]).toMatchObject({ content: 'One', parentId: null });
  });

  it('survives a reload, as does an edit of another turn', async () => {
    actions().setDraft(A, 'Two, half said');
    actions().startEdit(first);
    page.close();
    page = aPage(server, page.browser);
    expect(draft().text).toBe('One');
    await page.until(() => conversation()?.turnIds.length === 2);
    actions().startEdit(second);
    expect(draft().text).toBe('Two, half said');
  });

  it('is reopened if its message is returned to the composer', async () => {
    server.drop(POST);
    actions().setDraft(A, 'Two, said better');
    await send();
    await page.until(() => state().outbox[0]?.state === 'waiting');
    expect([draft().text, state().editing]).toEqual(['half a thought', {}]);
    actions().editSend(state().outbox[0]?.turnId ?? '');
    expect([draft().text, state().editing.past]).toEqual([
      'Two, said better',
      { turnId: second, parentId: first },
    ]);
  });

  it('ends when the conversation is cleared', async () => {
    await actions().clearConversation('past');
    expect([draft().text, state().editing]).toEqual(['half a thought', {}]);
  });
});
