import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageRef } from '@/lib/chat/turn';
import { shownSession } from '../state/context';
import { contentOf, draftAt, draftKey } from '../state/draft';
import { aPage, type Page } from '../testing/a-page';
import { type ContractServer, startContractServer } from '../testing/contract-server';

const POST = 'POST /api/chat/stream';
const A = 'assistant';
const LONG = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');

const image = (id: string): ImageRef => ({ id, type: 'image/png', width: 40, height: 30 });

let server: ContractServer;
let page: Page;

const actions = () => page.client.actions;
const state = () => page.client.preferences.getState();
const draft = (of = page) => {
  const known = of.client.preferences.getState();
  return draftAt(known, draftKey(known, A));
};
const conversation = () => page.client.conversations.of(shownSession(page.client) ?? '');
const states = () => state().outbox.map(({ content, state: how }) => [content, how]);
const sent = () => server.seen(POST).map(({ body }) => body);
/** Sends what the composer holds, as the composer does. */
const send = () => actions().send({ assistantId: A, content: contentOf(draft()), images: draft().images });
const attach = (images: ImageRef[]) =>
  page.client.preferences.setState(({ attachments }) => ({
    attachments: { ...attachments, [draftKey(state(), A)]: { pastes: draft().pastes, images } },
  }));

beforeEach(async () => {
  server = await startContractServer();
  page = aPage(server);
  await page.until(() => conversation()?.phase === 'ready');
});
afterEach(async () => {
  page.close();
  await server.close();
});

describe('a draft', () => {
  it('is sent with its pasted blocks, in fences, and leaves the composer whole', async () => {
    actions().setDraft(A, 'Look:');
    actions().addPaste(A, LONG);
    await send();
    await page.until(() => state().outbox.length === 0);
    expect(sent()[0]?.content).toBe(`Look:\n\n\`\`\`\n${LONG}\n\`\`\``);
    expect(draft()).toEqual({ text: '', pastes: [], images: [] });
  });

  it('keeps its blocks and images over a reload', () => {
    actions().setDraft(A, 'Look:');
    actions().addPaste(A, LONG);
    attach([image('one')]);
    const before = draft();
    page.close();
    const again = aPage(server, page.browser);
    expect(draft(again)).toEqual(before);
    again.close();
  });

  it('that is attached to while its message is on its way stays', async () => {
    const letGo = server.hold(POST);
    actions().setDraft(A, 'Look:');
    void send();
    await server.whenSeen(POST);
    actions().addPaste(A, LONG);
    letGo();
    await page.until(() => state().outbox.length === 0);
    expect(draft()).toEqual({ text: 'Look:', pastes: [LONG], images: [] });
  });

  it('may be images alone; they go by their ids', async () => {
    attach([image('one'), image('two')]);
    await send();
    await page.until(() => state().outbox.length === 0);
    expect([sent()[0]?.content, sent()[0]?.images]).toEqual(['', ['one', 'two']]);
    expect(draft().images).toEqual([]);
  });

  it('that could not be sent comes back with its blocks and images', async () => {
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

describe('a message written while a reply is written', () => {
  beforeEach(async () => {
    actions().setDraft(A, 'One');
    await send();
    await page.until(() => conversation()?.activeTurnId != null);
    // The send is over and done with: only the reply stands in the way.
    server.write(conversation()?.activeTurnId ?? '', 'As far as');
    await page.until(() => page.replies()[0] === 'As far as');
    actions().setDraft(A, 'Two');
    await send();
  });

  it('leaves the composer, waits without asking the server, and goes out after the reply', async () => {
    expect([draft().text, states(), sent().length]).toEqual(['', [['Two', 'waiting']], 1]);
    server.finish(conversation()?.activeTurnId ?? '');
    await page.until(() => conversation()?.turnIds.length === 2);
    expect(sent().map(({ content }) => content)).toEqual(['One', 'Two']);
  });

  it('can be discarded, or taken back by editing what was said last', async () => {
    actions().setDraft(A, 'Three');
    await send();
    actions().discardSend(state().outbox[0]?.turnId ?? '');
    actions().editLast(A);
    expect([draft().text, states()]).toEqual(['Three', []]);
  });
});

describe('an edit', () => {
  let first: string;
  let second: string;

  beforeEach(async () => {
    [first = '', second = ''] = server.given('past', A, ['One', 'Two']);
    await actions().openSession(A, 'past');
    actions().setDraft(A, 'half a thought');
    actions().editLast(A);
  });

  it('has the old words in the composer, and becomes a version beside them', async () => {
    expect([draft().text, state().editing.past?.turnId]).toEqual(['Two', second]);
    actions().setDraft(A, 'Two, said better');
    await send();
    await page.until(() => state().outbox.length === 0);
    expect(sent()[0]).toMatchObject({ content: 'Two, said better', parentId: first });
    expect(conversation()?.turnIds).toEqual([first, sent()[0]?.turnId]);
  });

  it('gives back what was being written before, when it is sent and when it is given up', async () => {
    await send();
    await page.until(() => state().outbox.length === 0);
    expect([draft().text, state().editing]).toEqual(['half a thought', {}]);
    actions().startEdit(first);
    expect(draft().text).toBe('One');
    actions().cancelEdit(A);
    expect([draft().text, state().editing]).toEqual(['half a thought', {}]);
  });

  it('of a first message becomes a new root', async () => {
    actions().startEdit(first);
    await send();
    await page.until(() => state().outbox.length === 0);
    expect(sent()[0]).toMatchObject({ content: 'One', parentId: null });
  });

  it('goes on after a reload, and that of another turn goes on where it was left', async () => {
    actions().setDraft(A, 'Two, half said');
    actions().startEdit(first);
    page.close();
    page = aPage(server, page.browser);
    expect(draft().text).toBe('One');
    await page.until(() => conversation()?.turnIds.length === 2);
    actions().startEdit(second);
    expect(draft().text).toBe('Two, half said');
  });

  it('that cannot be sent yet goes back into the edit', async () => {
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
